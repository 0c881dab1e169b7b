package io.crois.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Reads and writes the records of this package.
 *
 * <p>Absent members stand for {@code null} and for empty lists and maps; members that this version does not know are
 * passed over, so that an older function reads what a newer one wrote. Thread-safe.
 */
public final class Json {
    private static final int DIGEST_DIGITS = 16;

    private Json() {}

    /** Returns the mapper behind this class, for streams; it must not be reconfigured. */
    public static ObjectMapper mapper() {
        return Mapper.MAPPER;
    }

    /**
     * Returns the JSON text of a record, with its members in alphabetical order.
     *
     * @throws IllegalArgumentException if the value cannot be written
     */
    public static String write(Object value) {
        try {
            return Mapper.MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "A " + value.getClass().getSimpleName() + " could not be written as JSON.", e);
        }
    }

    /** Returns a record as a tree. */
    public static JsonNode tree(Object value) {
        return Mapper.MAPPER.valueToTree(value);
    }

    /**
     * Reads a record from JSON text.
     *
     * @throws IllegalArgumentException if the text is not the JSON of such a record; the text is not repeated in the
     *     message, since it may hold data
     */
    public static <T> T read(String json, Class<T> type) {
        try {
            return Mapper.MAPPER.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw unreadable(type, e);
        }
    }

    /**
     * Reads a record from a tree.
     *
     * @throws IllegalArgumentException if the tree does not have the shape of such a record
     */
    public static <T> T read(JsonNode json, Class<T> type) {
        try {
            return Mapper.MAPPER.treeToValue(json, type);
        } catch (JsonProcessingException e) {
            throw unreadable(type, e);
        }
    }

    /**
     * Reads JSON text as a tree.
     *
     * @throws IllegalArgumentException if the text is not JSON
     */
    public static JsonNode parse(String json) {
        return read(json, JsonNode.class);
    }

    /** Returns the first 16 hex digits of the SHA-256 of the value's JSON: the name of a spec. */
    public static String digest(Object value) {
        return digestOf(write(value).getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the same of a JSON text, in UTF-8. */
    public static String digestOf(byte[] json) {
        return HexFormat.of().formatHex(sha256().digest(json)).substring(0, DIGEST_DIGITS);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime offers SHA-256.", e);
        }
    }

    private static IllegalArgumentException unreadable(Class<?> type, JsonProcessingException cause) {
        var place = cause.getLocation();
        String where = place == null ? "" : " at line " + place.getLineNr() + ", column " + place.getColumnNr();
        return new IllegalArgumentException("This is not the JSON of a " + type.getSimpleName() + where + ": "
                + cause.getClass().getSimpleName() + ".");
    }

    /** Made when the first value needs it: it takes long, and starts that do without it are shorter. */
    private static final class Mapper {
        private static final ObjectMapper MAPPER = JsonMapper.builder()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .addModule(new JavaTimeModule())
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
                .build();
    }
}

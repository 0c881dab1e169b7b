package io.crois.testkit.engine.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.crois.testkit.engine.ObjectStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Takes the items out of an object's content. */
@FunctionalInterface
interface ItemFormat {

    /** Reads JSON; numbers keep the form in which they were written. */
    JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    ArrayNode items(byte[] content, ObjectStore objects);

    /** Returns the format that a {@code ReaderConfig} names; JSON when it names none. */
    static ItemFormat of(JsonNode config) {
        String type = config.path("InputType").asText("JSON");
        return switch (type) {
            case "CSV" -> (content, objects) -> Csv.of(config).items(text(content));
            case "JSON" -> (content, objects) -> json(content, config);
            case "JSONL" -> (content, objects) -> lines(content);
            case "MANIFEST" -> ItemFormat::inventory;
            default -> throw ItemReaderPlan.failure("InputType " + type + " is not in memory.");
        };
    }

    private static ArrayNode json(byte[] content, JsonNode config) {
        JsonNode root = read(text(content));
        JsonNode items =
                config.has("ItemsPointer") ? root.at(config.get("ItemsPointer").asText()) : root;
        if (items instanceof ArrayNode array) {
            return array;
        }
        throw ItemReaderPlan.failure("Attempting to map over non-iterable node.");
    }

    private static ArrayNode lines(byte[] content) {
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        text(content).lines().filter(line -> !line.isBlank()).forEach(line -> items.add(read(line)));
        return items;
    }

    /** Reads the manifest of an S3 inventory and the compressed CSV files that it names. */
    private static ArrayNode inventory(byte[] content, ObjectStore objects) {
        JsonNode manifest = read(text(content));
        List<String> columns =
                Arrays.asList(manifest.path("fileSchema").asText().split("\\s*,\\s*"));
        String destination = manifest.path("destinationBucket").asText();
        String bucket = destination.substring(destination.lastIndexOf(':') + 1);
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        for (JsonNode file : manifest.path("files")) {
            byte[] packed = objects.read(bucket, file.path("key").asText());
            items.addAll(new Csv(columns, ',').items(text(unpacked(packed))));
        }
        return items;
    }

    private static byte[] unpacked(byte[] packed) {
        try (GZIPInputStream stream = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw ItemReaderPlan.failure("A file of the inventory cannot be unpacked: " + e.getMessage());
        }
    }

    private static JsonNode read(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw ItemReaderPlan.failure("The content is not valid JSON: " + e.getOriginalMessage());
        }
    }

    private static String text(byte[] content) {
        return new String(content, StandardCharsets.UTF_8);
    }
}

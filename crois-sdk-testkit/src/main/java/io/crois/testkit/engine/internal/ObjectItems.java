package io.crois.testkit.engine.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.crois.testkit.engine.ObjectStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * Takes the items out of objects.
 *
 * @param config the {@code ReaderConfig} that tells their format; JSON where it tells none
 * @param items where they are added
 */
record ObjectItems(ObjectStore objects, JsonNode config, MapItems items) {

    /** Reads JSON; numbers keep the form in which they were written. */
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final Pattern S3_URI = Pattern.compile("(?i)s3://([^/]+)/(.+)");

    /** Adds the items of an object, or of the objects that it names when it is a manifest. */
    void read(String bucket, String key) {
        String manifest = config.path("ManifestType").asText();
        if (manifest.equals("ATHENA_DATA")) {
            content(bucket, key).lines().map(String::strip).forEach(this::readData);
        } else if (manifest.equals("S3_INVENTORY") || type().equals("MANIFEST")) {
            inventory(json(content(bucket, key)));
        } else {
            readData(bucket, key);
        }
    }

    private String type() {
        return config.path("InputType").asText("JSON");
    }

    private void readData(String uri) {
        Matcher matcher = S3_URI.matcher(uri);
        if (matcher.matches()) {
            readData(matcher.group(1), matcher.group(2));
        } else if (!uri.isEmpty()) {
            throw ItemReaderPlan.failure("The manifest names no object by its S3 URI: " + uri);
        }
    }

    private void readData(String bucket, String key) {
        String source = "s3://" + bucket + "/" + key;
        switch (type()) {
            case "CSV" -> items.addAll(Csv.of(config).items(content(bucket, key)), source);
            case "JSONL" ->
                content(bucket, key)
                        .lines()
                        .filter(line -> !line.isBlank())
                        .forEach(line -> items.add(json(line), source));
            case "JSON" -> {
                if (!items.addAll(pointed(json(content(bucket, key))), source)) {
                    throw ItemReaderPlan.failure("Attempting to map over non-iterable node.");
                }
            }
            default -> throw ItemReaderPlan.failure("InputType " + type() + " is not in memory.");
        }
    }

    private JsonNode pointed(JsonNode root) {
        return config.has("ItemsPointer") ? root.at(config.get("ItemsPointer").asText()) : root;
    }

    /** Reads the compressed CSV files that the manifest of an S3 inventory names. */
    private void inventory(JsonNode manifest) {
        List<String> columns =
                Arrays.asList(manifest.path("fileSchema").asText().split("\\s*,\\s*"));
        String destination = manifest.path("destinationBucket").asText();
        String bucket = destination.substring(destination.lastIndexOf(':') + 1);
        for (JsonNode file : manifest.path("files")) {
            String key = file.path("key").asText();
            String rows = text(unpacked(objects.read(bucket, key)));
            items.addAll(new Csv(columns, ',').items(rows), "s3://" + bucket + "/" + key);
        }
    }

    private String content(String bucket, String key) {
        if (key.endsWith(".zst") || key.endsWith(".zstd")) {
            throw ItemReaderPlan.failure("Objects compressed by ZSTD are not in memory.");
        }
        byte[] content = objects.read(bucket, key);
        return text(key.endsWith(".gz") ? unpacked(content) : content);
    }

    private static byte[] unpacked(byte[] packed) {
        try (GZIPInputStream stream = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw ItemReaderPlan.failure("An object cannot be unpacked: " + e.getMessage());
        }
    }

    private static JsonNode json(String text) {
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

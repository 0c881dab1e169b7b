package io.crois.testkit.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.testkit.engine.ObjectStore;
import io.crois.testkit.engine.ObjectStoreException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The objects of a case's fixture. */
final class RecordedObjects implements ObjectStore {

    private final Map<String, byte[]> objects = new TreeMap<>();

    RecordedObjects(Case recorded) {
        recorded.mocks("s3")
                .properties()
                .forEach(entry ->
                        objects.put(entry.getKey(), entry.getValue().asText().getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public byte[] read(String bucket, String key) {
        byte[] content = objects.get(bucket + "/" + key);
        if (content == null) {
            throw new ObjectStoreException("NoSuchKey", "The specified key does not exist.");
        }
        return content;
    }

    @Override
    public List<JsonNode> list(String bucket, String prefix) {
        return objects.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(bucket + "/" + prefix))
                .map(entry -> listed(entry.getKey().substring(bucket.length() + 1), entry.getValue()))
                .toList();
    }

    private static JsonNode listed(String key, byte[] content) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("Etag", "\"" + Integer.toHexString(key.hashCode()) + "\"");
        object.put("Key", key);
        object.put("LastModified", 1_704_067_200);
        object.put("Size", content.length);
        object.put("StorageClass", "STANDARD");
        return object;
    }

    @Override
    public void write(String bucket, String key, byte[] content) {
        objects.put(bucket + "/" + key, content);
    }
}

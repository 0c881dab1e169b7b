package io.crois.testkit.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Objects in a map, by {@code bucket/key}. */
final class FakeObjectStore implements ObjectStore {

    final Map<String, byte[]> objects = new TreeMap<>();

    void put(String path, String content) {
        objects.put(path, content.getBytes(StandardCharsets.UTF_8));
    }

    String text(String path) {
        return new String(objects.get(path), StandardCharsets.UTF_8);
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
        return objects.keySet().stream()
                .filter(path -> path.startsWith(bucket + "/" + prefix))
                .<JsonNode>map(path -> JsonNodeFactory.instance
                        .objectNode()
                        .put("Key", path.substring(bucket.length() + 1))
                        .put("Size", objects.get(path).length))
                .toList();
    }

    @Override
    public void write(String bucket, String key, byte[] content) {
        objects.put(bucket + "/" + key, content);
    }
}

package io.crois.testkit.aws.internal.dynamodb;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Writes the changes of one commit as one line of JSON, values in DynamoDB's own JSON form, and reads them back. */
final class ChangeCodec {

    private final ObjectMapper json = new ObjectMapper();

    /** Returns the line, with its line end. */
    byte[] write(List<Change> changes) {
        ArrayNode line = json.createArrayNode();
        changes.forEach(change -> line.add(write(change)));
        return (line + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private ObjectNode write(Change change) {
        ObjectNode node = json.createObjectNode();
        if (change instanceof Change.Put put) {
            node.put("put", put.table()).set("item", write(put.item()));
        } else if (change instanceof Change.Delete delete) {
            node.put("delete", delete.table()).set("key", write(delete.key()));
        } else if (change instanceof Change.Create create) {
            TableDefinition table = create.definition();
            node.put("create", table.name())
                    .put("partitionKey", table.partitionKey())
                    .put("partitionKeyType", table.partitionKeyType())
                    .put("sortKey", table.sortKey())
                    .put("sortKeyType", table.sortKeyType())
                    .put("createdAt", table.createdAt());
        } else if (change instanceof Change.Drop drop) {
            node.put("drop", drop.table());
        }
        return node;
    }

    private ObjectNode write(Map<String, AttributeValue> values) {
        ObjectNode node = json.createObjectNode();
        values.forEach((name, value) -> node.set(name, write(value)));
        return node;
    }

    private ObjectNode write(AttributeValue value) {
        ObjectNode node = json.createObjectNode();
        switch (value.type()) {
            case S -> node.put("S", value.s());
            case N -> node.put("N", value.n());
            case B -> node.put("B", base64(value.b()));
            case BOOL -> node.put("BOOL", value.bool());
            case SS -> value.ss().forEach(node.putArray("SS")::add);
            case NS -> value.ns().forEach(node.putArray("NS")::add);
            case BS -> value.bs().forEach(bytes -> node.withArray("BS").add(base64(bytes)));
            case M -> node.set("M", write(value.m()));
            case L -> {
                ArrayNode members = node.putArray("L");
                value.l().forEach(member -> members.add(write(member)));
            }
            default -> node.put("NULL", true);
        }
        return node;
    }

    private static String base64(SdkBytes bytes) {
        return Base64.getEncoder().encodeToString(bytes.asByteArrayUnsafe());
    }

    /** Reads one line. */
    List<Change> read(byte[] bytes, int from, int length) {
        try {
            List<Change> changes = new ArrayList<>();
            for (JsonNode node : json.readTree(new String(bytes, from, length, StandardCharsets.UTF_8))) {
                changes.add(change(node));
            }
            return changes;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "A line of the table journal cannot be read; it was changed by something else than Crois.", e);
        }
    }

    private Change change(JsonNode node) {
        if (node.has("put")) {
            return new Change.Put(node.get("put").asText(), values(node.get("item")));
        }
        if (node.has("delete")) {
            return new Change.Delete(node.get("delete").asText(), values(node.get("key")));
        }
        if (node.has("create")) {
            return new Change.Create(new TableDefinition(
                    node.get("create").asText(),
                    node.get("partitionKey").asText(),
                    node.get("partitionKeyType").asText(),
                    text(node.get("sortKey")),
                    text(node.get("sortKeyType")),
                    node.get("createdAt").asLong()));
        }
        return new Change.Drop(node.get("drop").asText());
    }

    private static @Nullable String text(@Nullable JsonNode node) {
        return node == null || node.isNull() ? null : node.asText();
    }

    private Map<String, AttributeValue> values(JsonNode node) {
        Map<String, AttributeValue> values = new HashMap<>();
        node.properties().forEach(entry -> values.put(entry.getKey(), value(entry.getValue())));
        return values;
    }

    private AttributeValue value(JsonNode node) {
        Map.Entry<String, JsonNode> only = node.properties().iterator().next();
        JsonNode content = only.getValue();
        return switch (only.getKey()) {
            case "S" -> AttributeValue.fromS(content.asText());
            case "N" -> AttributeValue.fromN(content.asText());
            case "B" -> AttributeValue.fromB(bytes(content));
            case "BOOL" -> AttributeValue.fromBool(content.asBoolean());
            case "SS" ->
                AttributeValue.fromSs(list(content).map(JsonNode::asText).toList());
            case "NS" ->
                AttributeValue.fromNs(list(content).map(JsonNode::asText).toList());
            case "BS" ->
                AttributeValue.fromBs(list(content).map(ChangeCodec::bytes).toList());
            case "M" -> AttributeValue.fromM(values(content));
            case "L" -> AttributeValue.fromL(list(content).map(this::value).toList());
            default -> AttributeValue.fromNul(true);
        };
    }

    private static Stream<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static SdkBytes bytes(JsonNode node) {
        return SdkBytes.fromByteArray(Base64.getDecoder().decode(node.asText()));
    }
}

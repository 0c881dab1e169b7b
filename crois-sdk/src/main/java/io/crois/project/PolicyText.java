package io.crois.project;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import software.amazon.awssdk.policybuilder.iam.IamPolicy;

/** Compares policies by what they mean: services change their spaces, their order, and lists of one element. */
final class PolicyText {
    private static final ObjectMapper JSON = new ObjectMapper();

    private PolicyText() {}

    /** Says whether a policy's text means what a policy shall say. */
    static boolean same(String text, IamPolicy wanted) {
        return canonical(parse(text)).equals(canonical(parse(wanted.toJson())));
    }

    /** Says whether two statements mean the same. */
    static boolean same(JsonNode one, JsonNode other) {
        return canonical(one).equals(canonical(other));
    }

    /** Returns the text of a policy that IAM answers with percent-encoded. */
    static String decoded(String text) {
        return text.startsWith("%") ? URLDecoder.decode(text, StandardCharsets.UTF_8) : text;
    }

    /** Returns the JSON of a text, or an empty object when it is none, which is like no policy that anybody wants. */
    static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return JSON.createObjectNode();
        }
    }

    private static JsonNode canonical(JsonNode node) {
        if (node.isObject()) {
            TreeMap<String, JsonNode> members = new TreeMap<>();
            node.properties().forEach(member -> members.put(member.getKey(), canonical(member.getValue())));
            ObjectNode object = JSON.createObjectNode();
            members.forEach(object::set);
            return object;
        }
        if (node.isArray()) {
            List<JsonNode> elements = new ArrayList<>();
            node.forEach(element -> elements.add(canonical(element)));
            if (elements.size() == 1) {
                return elements.get(0);
            }
            elements.sort((a, b) -> a.toString().compareTo(b.toString()));
            ArrayNode array = JSON.createArrayNode();
            elements.forEach(array::add);
            return array;
        }
        return JSON.getNodeFactory().textNode(node.asText());
    }
}

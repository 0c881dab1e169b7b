package io.crois.testkit.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** One recorded case: a line of the case file. */
record Case(ObjectNode json) {

    String id() {
        return json.path("id").asText();
    }

    String kind() {
        return json.path("kind").asText();
    }

    boolean isExpress() {
        return json.path("type").asText().equals("EXPRESS");
    }

    /** Returns the definition as it is sent. */
    String definition() {
        return json.has("definition_text")
                ? json.path("definition_text").asText()
                : json.path("definition").toString();
    }

    JsonNode definitionJson() {
        return json.path("definition");
    }

    /** Returns the input as JSON text; absent where the case has none. */
    Optional<String> input() {
        return Optional.ofNullable(json.get("input")).map(JsonNode::toString);
    }

    /** Returns the call's other arguments. */
    ObjectNode request() {
        return json.get("request") instanceof ObjectNode request ? request : JsonNodeFactory.instance.objectNode();
    }

    /** Returns one kind of mocks, by name; empty where there are none. */
    JsonNode mocks(String kind) {
        return json.path("mocks").path(kind);
    }

    /** Returns the day of the recording; the end of time where it is not known. */
    LocalDate day() {
        String recorded = json.path("recorded").asText();
        return recorded.matches("\\d\\d-\\d\\d-\\d{4}.*")
                ? LocalDate.parse(recorded.substring(0, 10), DateTimeFormatter.ofPattern("dd-MM-uuuu"))
                : LocalDate.MAX;
    }

    Optional<Instant> clock() {
        return Optional.ofNullable(json.get("clock")).map(clock -> Instant.parse(clock.asText()));
    }
}

package io.crois.asl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** Holds the validator to what the service answered. */
final class RecordedValidationTest {
    private final SoftAssertions softly = new SoftAssertions();

    @Test
    void validated_definitions_get_the_recorded_diagnostics() throws IOException {
        RecordedCases.of("validate").forEach(recorded -> {
            List<Diagnostic> expected = new ArrayList<>();
            recorded.at("/expected/diagnostics").forEach(diagnostic -> expected.add(diagnostic(diagnostic)));
            softly.assertThat(validate(recorded)).containsExactlyInAnyOrderElementsOf(expected);
        });

        softly.assertAll();
    }

    @Test
    void refused_definitions_get_the_recorded_text() throws IOException {
        RecordedCases.of("create_error").forEach(recorded -> {
            String text = validate(recorded).stream()
                    .filter(found -> found.severity() == Diagnostic.Severity.ERROR)
                    .map(Diagnostic::describe)
                    .collect(Collectors.joining(", "));
            softly.assertThat(refusal(recorded)).endsWith("Invalid State Machine Definition: '" + text + "'");
        });

        softly.assertAll();
    }

    @Test
    void definitions_that_ran_have_no_errors() throws IOException {
        RecordedCases.of("execution").stream()
                .filter(recorded -> recorded.path("definition").isObject())
                .forEach(recorded -> softly.assertThat(validate(recorded))
                        .as(recorded.path("id").asText())
                        .noneMatch(found -> found.severity() == Diagnostic.Severity.ERROR));

        softly.assertAll();
    }

    @Test
    void references_to_variables_are_those_recorded() throws IOException {
        RecordedCases.of("variable_references").forEach(recorded -> {
            Map<String, List<String>> expected = new TreeMap<>();
            recorded.at("/expected/variableReferences").properties().forEach(state -> {
                List<String> names = new ArrayList<>();
                state.getValue().forEach(name -> names.add(name.asText()));
                expected.put(state.getKey(), names.stream().sorted().toList());
            });
            softly.assertThat(VariableReferences.of(StateMachine.parse(recorded.path("definition"))))
                    .isEqualTo(expected);
        });

        softly.assertAll();
    }

    private static List<Diagnostic> validate(JsonNode recorded) {
        String type = recorded.at("/request/type").asText(recorded.path("type").asText("STANDARD"));
        String definition = recorded.has("definition_text")
                ? recorded.get("definition_text").asText()
                : recorded.path("definition").toString();
        return DefinitionValidator.of(MachineType.valueOf(type)).validate(definition);
    }

    private static String refusal(JsonNode recorded) {
        JsonNode error = recorded.at("/expected/api_error");
        return error.isTextual() ? error.asText() : error.at("/Error/Message").asText();
    }

    private static Diagnostic diagnostic(JsonNode recorded) {
        assertThat(recorded.path("code").asText()).isNotEmpty();
        return new Diagnostic(
                recorded.path("code").asText(),
                Diagnostic.Severity.valueOf(recorded.path("severity").asText()),
                recorded.has("location") ? recorded.get("location").asText() : null,
                recorded.path("message").asText());
    }
}

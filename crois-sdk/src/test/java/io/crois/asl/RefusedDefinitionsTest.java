package io.crois.asl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each rule of the validator once: the definition that breaks it and what is said about it. */
final class RefusedDefinitionsTest {
    @TestFactory
    Stream<DynamicTest> every_rule_is_reported_with_its_code_and_place() throws IOException {
        return goldens()
                .map(golden -> DynamicTest.dynamicTest(golden.path("name").asText(), () -> {
                    List<String> expected = new ArrayList<>();
                    golden.path("expected").forEach(text -> expected.add(text.asText()));

                    assertThat(DefinitionValidator.of(MachineType.STANDARD)
                                    .validate(golden.path("definition").toString()))
                            .filteredOn(found -> found.severity() == Diagnostic.Severity.ERROR)
                            .extracting(Diagnostic::describe)
                            .containsExactlyInAnyOrderElementsOf(expected);
                }));
    }

    @Test
    void a_distributed_map_has_no_place_in_an_express_machine() {
        assertThat(problems(MachineType.EXPRESS, """
                {"StartAt": "M", "States": {"M": {"Type": "Map", "End": true, "ItemProcessor": {
                  "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS"},
                  "StartAt": "P", "States": {"P": {"Type": "Pass", "End": true}}}}}}
                """))
                .containsExactly(
                        "ERROR SCHEMA_VALIDATION_FAILED: The field 'Mode' with value 'DISTRIBUTED' is not supported"
                                + " inside 'EXPRESS' state machines at /States/M/ItemProcessor/ProcessorConfig/Mode");
    }

    @Test
    void what_only_looks_wrong_is_a_warning() {
        assertThat(problems(MachineType.STANDARD, """
                {"StartAt": "P", "States": {
                  "P": {"Type": "Pass", "Parameters": {"a": "$.b", "c": "States.UUID()", "price": "$5"}, "Next": "Q"},
                  "Q": {"Type": "Pass", "Result": {"a.$": "$.b"}, "Next": "F"},
                  "F": {"Type": "Fail", "Cause": "$.cause"}}}
                """))
                .extracting(text -> text.replaceAll(":.* at ", " at "))
                .containsExactly(
                        "WARNING NO_DOLLAR at /States/P/Parameters/a",
                        "WARNING NO_DOLLAR at /States/P/Parameters/c",
                        "WARNING PASS_RESULT_IS_STATIC at /States/Q/Result/a.$",
                        "WARNING NO_PATH at /States/F/Cause");
    }

    private static List<String> problems(MachineType type, String definition) {
        return DefinitionValidator.of(type).validate(definition).stream()
                .map(found -> found.severity() + " " + found.describe())
                .toList();
    }

    private static Stream<JsonNode> goldens() throws IOException {
        try (InputStream file = Objects.requireNonNull(
                RefusedDefinitionsTest.class.getResourceAsStream("/golden/refused/definitions.jsonl"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(AslReader::read);
        }
    }
}

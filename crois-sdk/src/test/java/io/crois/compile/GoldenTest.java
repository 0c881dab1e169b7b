package io.crois.compile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crois.asl.StateMachine;
import io.crois.contract.Json;
import io.crois.workflow.Workflow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares each construct with its file; {@code -Dgolden.update=true} writes the files anew. */
final class GoldenTest {
    private static final Path FOLDER = Path.of("src/test/resources/golden");

    static Stream<Arguments> workflows() {
        return Workflows.all().entrySet().stream().map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("workflows")
    void a_construct_compiles_to_its_golden_definition(String name, Workflow workflow) throws IOException {
        CompiledWorkflow compiled = WorkflowCompiler.create().compile(workflow);

        compare(FOLDER.resolve(name + ".asl.json"), pretty(Json.parse(compiled.toJson())));
        compare(FOLDER.resolve(name + ".specs.json"), pretty(specs(compiled)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("workflows")
    void a_construct_compiles_to_the_same_text_every_time_and_survives_parsing(String name, Workflow workflow) {
        CompiledWorkflow first = WorkflowCompiler.create().compile(workflow);

        CompiledWorkflow second = WorkflowCompiler.create().compile(workflow);

        assertThat(second.toJson()).isEqualTo(first.toJson());
        assertThat(second.digest()).isEqualTo(first.digest());
        assertThat(StateMachine.parse(first.toJson())).as(name).isEqualTo(first.stateMachine());
        assertThat(first.problems()).isEmpty();
        assertThat(first.stateMachine().validate()).isEmpty();
    }

    private static JsonNode specs(CompiledWorkflow compiled) {
        var specs = Json.mapper().createObjectNode();
        specs.set("steps", Json.tree(compiled.steps()));
        specs.set("forEachs", Json.tree(compiled.forEachSpecs()));
        return specs;
    }

    private static void compare(Path file, String text) throws IOException {
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(FOLDER);
            Files.writeString(file, text);
        }
        assertThat(text).isEqualTo(Files.readString(file));
    }

    private static String pretty(JsonNode json) throws JsonProcessingException {
        return new ObjectMapper()
                        .writerWithDefaultPrettyPrinter()
                        .writeValueAsString(json)
                        .replace("\r\n", "\n") + "\n";
    }
}

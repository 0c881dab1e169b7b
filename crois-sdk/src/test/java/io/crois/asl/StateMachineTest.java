package io.crois.asl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StateMachineTest {
    private static final StateMachine ONE_PASS = StateMachine.builder()
            .addState("only", PassState.builder().end().build())
            .build();

    @Test
    void a_built_machine_is_written_in_the_order_of_the_language() {
        StateMachine machine = StateMachine.builder()
                .timeoutSeconds(60)
                .comment("trains")
                .addState(
                        "train",
                        TaskState.builder()
                                .next("done")
                                .resource("arn:aws:states:::lambda:invoke")
                                .addRetry(Retrier.builder()
                                        .errorEquals("States.Timeout")
                                        .maxAttempts(2)
                                        .build())
                                .addCatch(Catcher.builder()
                                        .errorEquals("States.ALL")
                                        .next("done")
                                        .resultPath(null)
                                        .build())
                                .timeoutSeconds(30)
                                .build())
                .addState("done", SucceedState.builder().build())
                .build();

        assertThat(machine.toJson())
                .isEqualTo("{\"Comment\":\"trains\",\"TimeoutSeconds\":60,\"StartAt\":\"train\",\"States\":{"
                        + "\"train\":{\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::lambda:invoke\","
                        + "\"TimeoutSeconds\":30,"
                        + "\"Retry\":[{\"ErrorEquals\":[\"States.Timeout\"],\"MaxAttempts\":2}],"
                        + "\"Catch\":[{\"ErrorEquals\":[\"States.ALL\"],\"Next\":\"done\",\"ResultPath\":null}],"
                        + "\"Next\":\"done\"},\"done\":{\"Type\":\"Succeed\"}}}");
    }

    @Test
    void equal_definitions_are_equal_and_write_their_fields_alike() {
        StateMachine one =
                StateMachine.parse("{\"StartAt\":\"a\",\"States\":{\"a\":{\"Type\":\"Pass\",\"End\":true}}}");
        StateMachine other =
                StateMachine.parse("{\"States\":{\"a\":{\"End\":true,\"Type\":\"Pass\"}},\"StartAt\":\"a\"}");

        assertThat(one).isEqualTo(other).hasSameHashCodeAs(other).isNotEqualTo(ONE_PASS);
        assertThat(one.toJson()).isEqualTo(other.toJson());
    }

    @ParameterizedTest
    @ValueSource(strings = {"InputPath", "OutputPath", "ResultPath", "Result"})
    void absent_null_and_set_are_told_apart_and_kept(String field) {
        PassState absent = PassState.builder().end().build();
        PassState isNull =
                absent.toBuilder().field(field, NullNode.getInstance()).build();
        PassState set = absent.toBuilder().field(field, "$.here").build();

        assertThat(absent.field(field)).isEmpty();
        assertThat(isNull.field(field)).contains(NullNode.getInstance());
        assertThat(set.field(field)).contains(TextNode.valueOf("$.here"));
        assertThat(List.of(absent, isNull, set))
                .doesNotHaveDuplicates()
                .allSatisfy(state -> assertThat(roundTrip(state)).isEqualTo(state));
    }

    @Test
    void numbers_expressions_and_unknown_fields_are_kept_as_they_stand() {
        String definition = "{\"StartAt\":\"a\",\"States\":{\"a\":{\"Type\":\"Pass\","
                + "\"Result\":[1,1.0,12345678901234567890.10,\"{% 1 %}\"],\"End\":true,\"Later\":{\"b\":1}}},\"X\":[null]}";

        assertThat(StateMachine.parse(definition).toJson())
                .contains("[1,1.0,12345678901234567890.10,\"{% 1 %}\"]", "\"Later\":{\"b\":1}", "\"X\":[null]");
    }

    @Test
    void machines_inside_states_are_read_and_written() {
        MapState map = MapState.builder()
                .itemProcessor(ONE_PASS.toBuilder()
                        .processorConfig(ProcessorConfig.distributed(MachineType.STANDARD))
                        .build())
                .itemReader(ItemReader.builder()
                        .resource("arn:aws:states:::s3:getObject")
                        .build())
                .itemBatcher(ItemBatcher.builder().maxItemsPerBatch(10).build())
                .resultWriter(ResultWriter.builder()
                        .resource("arn:aws:states:::s3:putObject")
                        .build())
                .end()
                .build();
        ParallelState parallel = ParallelState.builder()
                .addBranch(ONE_PASS)
                .addBranch(ONE_PASS)
                .end()
                .build();

        assertThat(map.distributed()).isTrue();
        assertThat(map.itemReader().orElseThrow().resource()).contains("arn:aws:states:::s3:getObject");
        assertThat(parallel.branches()).containsExactly(ONE_PASS, ONE_PASS);
        assertThat(roundTrip(map)).isEqualTo(map);
        assertThat(roundTrip(parallel)).isEqualTo(parallel);
    }

    @Test
    void the_older_names_of_a_map_are_understood_and_kept() {
        String definition = "{\"StartAt\":\"m\",\"States\":{\"m\":{\"Type\":\"Map\",\"Iterator\":" + ONE_PASS.toJson()
                + ",\"End\":true}}}";

        StateMachine machine = StateMachine.parse(definition);

        assertThat(((MapState) machine.state("m").orElseThrow()).itemProcessor())
                .contains(ONE_PASS);
        assertThat(machine.toJson()).contains("\"Iterator\"").doesNotContain("ItemProcessor");
    }

    @Test
    void rules_of_a_choice_are_read_as_they_were_built() {
        ChoiceTest big = new ChoiceTest.Comparison(
                "$.size", ChoiceOperator.NUMERIC_GREATER_THAN, TextNode.valueOf("$.limit"), true);
        ChoiceTest absent = new ChoiceTest.Comparison("$.name", ChoiceOperator.IS_PRESENT, BooleanNode.FALSE, false);
        ChoiceTest either = new ChoiceTest.Or(List.of(
                new ChoiceTest.And(List.of(big, absent)),
                new ChoiceTest.Not(big),
                new ChoiceTest.Condition(TextNode.valueOf("{% true %}"))));

        ChoiceRule rule = ChoiceRule.builder().test(either).next("there").build();

        assertThat(rule.test()).isEqualTo(either);
        assertThat(rule.toString()).contains("\"NumericGreaterThanPath\":\"$.limit\"", "\"IsPresent\":false");
    }

    @Test
    void a_rule_without_a_test_or_with_two_is_refused() {
        ChoiceRule none = ChoiceRule.builder().next("there").build();
        ChoiceRule two = none.toBuilder()
                .field("Variable", "$.a")
                .field("StringEquals", "b")
                .field("IsNull", BooleanNode.TRUE)
                .build();

        assertThatThrownBy(none::test).hasMessageContaining("A rule needs one test, but has 0");
        assertThatThrownBy(two::test).hasMessageContaining("[StringEquals, IsNull]");
    }

    @Test
    void what_leaves_a_machine_is_a_copy() {
        PassState state = PassState.builder()
                .result(JsonNodeFactory.instance.objectNode().put("a", 1))
                .end()
                .build();
        ((ObjectNode) state.result().orElseThrow()).put("a", 2);
        ((ObjectNode) state.toJsonNode()).remove("Result");

        assertThat(state.result().map(JsonNode::toString)).contains("{\"a\":1}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "[]|: An object was expected here, but found an array.",
                "{|: The definition is not JSON: ",
                "{} 1|: The definition is not JSON: ",
                "{}|: `States` is missing.",
                "{\"States\":{}}|: `StartAt` is missing.",
                "{\"StartAt\":1,\"States\":{}}|: `StartAt` must be a text, but was a number.",
                "{\"StartAt\":\"a\",\"States\":{\"a/b\":1}}|/States/a~1b: An object was expected here, but found a number.",
                "{\"StartAt\":\"a\",\"States\":{\"a\":{}}}|/States/a: `Type` is missing.",
                "{\"StartAt\":\"a\",\"States\":{\"a\":{\"Type\":\"Run\"}}}|/States/a: There is no state of `Type` `Run`.",
            })
    void what_is_no_machine_is_refused_with_its_place(String definition, String message) {
        assertThatThrownBy(() -> StateMachine.parse(definition))
                .isInstanceOf(AslFormatException.class)
                .hasMessageStartingWith(message.strip());
    }

    @Test
    void endless_nesting_is_refused_and_does_not_overflow_the_stack() {
        String text = "[".repeat(1 << 20);
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ObjectNode inner = node;
        for (int i = 0; i < 100_000; i++) {
            inner = inner.putObject("a");
        }

        assertThatThrownBy(() -> StateMachine.parse(text))
                .isInstanceOf(AslFormatException.class)
                .hasMessageContaining("1000");
        assertThatThrownBy(() -> StateMachine.parse(node))
                .isInstanceOf(AslFormatException.class)
                .hasMessageContaining("more than 1000 levels deep");
    }

    private static State roundTrip(State state) {
        StateMachine machine = StateMachine.builder().addState("it", state).build();
        return StateMachine.parse(machine.toJson()).state("it").orElseThrow();
    }
}

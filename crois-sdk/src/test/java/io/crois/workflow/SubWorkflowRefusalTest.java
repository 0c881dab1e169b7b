package io.crois.workflow;

import static io.crois.workflow.Refusals.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class SubWorkflowRefusalTest {
    private static final Parameter<String> SOURCE = Parameter.text("source");
    private static final Parameter<Double> RATIO =
            Parameter.number("ratio").withDefault(0.2).between(0.05, 0.5);
    private static final Artifact DATASET = Artifact.file("dataset.csv");
    private static final Result<Double> AUC = Result.number("auc");
    private static final Result<String> SESSION = Result.text("session");
    private static final Parameter<String> TOKEN = Parameter.text("token").sealed();
    private static final Result<Long> ROWS = Result.integer("rows");
    private static final Workflow PREPARATION = Workflow.builder()
            .name("preparation")
            .parameter(SOURCE)
            .parameter(RATIO)
            .step(
                    "download",
                    s -> s.image("i").command(SOURCE, RATIO).produces(DATASET).reports(ROWS))
            .forEach(
                    "folds",
                    List.of(1, 2),
                    (b, item) -> b.step("fold", s -> s.image("i").reports(AUC)))
            .build();

    @Test
    void a_parameter_without_a_value_is_refused() {
        assertThat(problem(w -> w.subWorkflow("prepare", PREPARATION)))
                .isEqualTo("subWorkflow `prepare`: leaves the parameter `source` of workflow `preparation` without a"
                        + " value. Bind it with `with(parameter, value)`.");
    }

    @Test
    void a_binding_of_no_parameter_is_refused_with_the_nearest_one() {
        assertThat(called(call -> call.with(Parameter.text("sorce"), "a")))
                .isEqualTo("subWorkflow `prepare`: binds `sorce`, which workflow `preparation` has no parameter for."
                        + " Did you mean `source`?");
    }

    @Test
    void a_literal_of_a_wrong_type_or_out_of_range_is_refused() {
        assertThat(called(call -> call.with(SOURCE, 7).with(RATIO, 0.9)))
                .isEqualTo("subWorkflow `prepare`: source must be of type TEXT, but was 7.\n"
                        + "subWorkflow `prepare`: ratio must be between 0.05 and 0.5, but was 0.9.");
    }

    @Test
    void a_reference_of_a_wrong_type_is_refused() {
        Parameter<Boolean> flag = Parameter.bool("flag");

        assertThat(problem(w -> w.parameter(flag).subWorkflow("prepare", PREPARATION, call -> call.with(SOURCE, flag))))
                .isEqualTo("subWorkflow `prepare`: binds the parameter `source` of type TEXT to a value of type"
                        + " BOOLEAN. Bind a value of its type.");
    }

    @Test
    void a_reference_to_what_is_not_there_is_refused() {
        assertThat(called(call -> call.with(SOURCE, Result.text("address"))))
                .isEqualTo("subWorkflow `prepare`: uses result `address`, which no earlier step produces. Let an"
                        + " earlier step produce it.");
    }

    @Test
    void a_sealed_value_for_an_open_parameter_is_refused() {
        Parameter<String> token = Parameter.text("token").sealed();

        assertThat(problem(w -> w.parameter(token)
                        .subWorkflow("prepare", PREPARATION, call -> call.with(SOURCE, Text.of("x-", token)))))
                .isEqualTo(
                        "subWorkflow `prepare`: binds the parameter `source`, which is not sealed, to a sealed value,"
                                + " which only a step's command can read. Make the parameter of workflow `preparation`"
                                + " `sealed()`.");
    }

    @Test
    void an_open_value_for_a_sealed_parameter_is_refused_whatever_it_is() {
        Parameter<String> open = Parameter.text("open");
        String refusal = "subWorkflow `sign`: binds the sealed parameter `token` to a value that is not sealed, so that"
                + " whoever sees the execution could read it. Bind a parameter of the outer workflow that is `sealed()`.";

        assertThat(problem(w -> w.parameter(open).subWorkflow("sign", signing(), call -> call.with(TOKEN, open))))
                .isEqualTo(refusal);
        assertThat(problem(w -> w.parameter(open)
                        .subWorkflow("sign", signing(), call -> call.with(TOKEN, Text.of("Bearer ", open)))))
                .isEqualTo(refusal);
        assertThat(problem(w -> w.step("login", s -> s.image("i").reports(SESSION))
                        .subWorkflow("sign", signing(), call -> call.with(TOKEN, SESSION))))
                .isEqualTo(refusal);
        assertThat(problem(w -> w.subWorkflow("sign", signing(), call -> call.with(TOKEN, "swordfish"))))
                .isEqualTo("subWorkflow `sign`: binds the sealed parameter `token` to a constant, so that whoever sees"
                        + " the definition could read it. Bind a parameter of the outer workflow that is `sealed()`.");
    }

    @Test
    void a_sealed_value_for_a_sealed_parameter_is_taken_under_any_name_and_within_a_text() {
        Parameter<String> password = Parameter.text("password").sealed();

        Workflow outer = Workflow.builder()
                .name("outer")
                .parameter(password)
                .subWorkflow("sign", signing(), call -> call.with(TOKEN, password))
                .subWorkflow("again", signing(), call -> call.with(TOKEN, Text.of("Bearer ", password)))
                .build();

        assertThat(outer.body().elements()).hasSize(2);
    }

    @Test
    void a_sealed_parameter_has_no_default() {
        assertThat(problem(w -> w.parameter(TOKEN.withDefault("swordfish")).step("a", s -> s.image("i"))))
                .isEqualTo("parameter `token`: is sealed and has a default, so that whoever sees the source could read"
                        + " it. Leave `withDefault` away, or `sealed()`.");
    }

    private static Workflow signing() {
        return Workflow.builder()
                .name("signing")
                .parameter(TOKEN)
                .step("sign", s -> s.image("i").command(TOKEN))
                .build();
    }

    @Test
    void returning_what_is_not_made_is_refused_with_the_nearest_name() {
        assertThat(called(call -> call.returns(Artifact.file("datset.csv"))))
                .isEqualTo("subWorkflow `prepare`: returns artifact `datset.csv`, which workflow `preparation` does not"
                        + " have at its end. Did you mean `dataset.csv`?");
    }

    @Test
    void returning_what_is_not_made_and_has_no_near_name_is_refused() {
        assertThat(called(call -> call.returns(Artifact.file("weights.bin"))))
                .isEqualTo(
                        "subWorkflow `prepare`: returns artifact `weights.bin`, which workflow `preparation` does not"
                                + " have at its end. Let every way through it end with that product.");
    }

    @Test
    void returning_another_type_than_made_is_refused() {
        assertThat(called(call -> call.returns(Result.text("rows"))))
                .isEqualTo("subWorkflow `prepare`: returns result `rows` as of type TEXT, but step `download` makes it"
                        + " of type INTEGER. Use the same reference.");
    }

    @Test
    void returning_a_file_as_a_folder_is_refused() {
        assertThat(called(call -> call.returnsAs(DATASET, Artifact.folder("raw"))))
                .isEqualTo(
                        "subWorkflow `prepare`: returns artifact `dataset.csv` of type FILE as artifact `raw` of type"
                                + " FOLDER. Use one type.");
    }

    @Test
    void returning_one_of_each_item_is_refused() {
        assertThat(called(call -> call.returns(AUC)))
                .isEqualTo("subWorkflow `prepare`: returns result `auc`, which its forEach `folds` makes once an item."
                        + " Gather it in a step behind that forEach first.");
    }

    @Test
    void returning_twice_under_one_name_is_refused() {
        assertThat(called(call -> call.returns(ROWS, ROWS)))
                .isEqualTo("subWorkflow `prepare`: returns result `rows` twice. Remove one of them.");
    }

    @Test
    void what_is_not_returned_cannot_be_used_behind_it() {
        assertThat(problem(w -> w.subWorkflow("prepare", PREPARATION, call -> call.with(SOURCE, "s"))
                        .step("train", s -> s.image("i").consumes(DATASET))))
                .isEqualTo("step `train`: consumes artifact `dataset.csv`, which no earlier step produces. Let an"
                        + " earlier step produce it.");
    }

    @Test
    void a_loop_inside_of_a_loop_of_the_same_name_is_refused() {
        Parameter<JsonNode> list = Parameter.json("list");

        assertThat(problem(w -> w.parameter(list)
                        .forEach(
                                "folds",
                                list,
                                (b, item) -> b.subWorkflow(
                                        "prepare", PREPARATION, call -> call.with(SOURCE, item.text("source"))))))
                .isEqualTo("subWorkflow `prepare`: its forEach `folds` has the name of a block round it. Rename one of"
                        + " them.");
    }

    @Test
    void nothing_may_follow_a_workflow_that_always_fails() {
        Workflow never = Workflow.builder().name("never").fail("No").build();

        assertThat(problem(w -> w.subWorkflow("never", never).step("a", s -> s.image("i"))))
                .isEqualTo("step `a`: is never reached, because what stands before it always fails. Remove it.");
    }

    private static String called(Consumer<SubWorkflow.Builder> call) {
        return problem(w -> w.subWorkflow("prepare", PREPARATION, c -> {
            c.with(SOURCE, "s");
            call.accept(c);
        }));
    }
}

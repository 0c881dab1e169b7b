package io.crois.workflow;

import static io.crois.workflow.Refusals.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;

final class NameRefusalTest {
    private static final String LONG = "n".repeat(40);

    @Test
    void a_workflow_without_a_name_is_refused() {
        Workflow.Builder builder = Workflow.builder().step("a", s -> s.image("i"));

        assertThat(catchThrowableOfType(WorkflowValidationException.class, builder::build)
                        .problems())
                .containsExactly("workflow: the name must be a letter followed by at most 63 letters, digits, `_` or"
                        + " `-`, but was ``.");
    }

    @Test
    void a_step_name_with_a_blank_is_refused() {
        assertThat(problem(w -> w.step("two words", s -> s.image("i"))))
                .isEqualTo("step `two words`: the name must be a letter followed by at most 63 letters, digits, `_` or"
                        + " `-`, but was `two words`.");
    }

    @Test
    void a_name_of_64_characters_is_taken_and_one_more_refused() {
        String longest = "p".repeat(64);
        Workflow workflow =
                Workflow.builder().name(longest).step("a", s -> s.image("i")).build();

        assertThat(workflow.name()).isEqualTo(longest);
        assertThat(problem(w -> w.parameter(Parameter.text(longest + "p")).step("a", s -> s.image("i"))))
                .startsWith("parameter `" + longest + "p`: the name must be a letter followed by at most 63 ");
    }

    @Test
    void a_result_name_with_a_dot_is_refused_but_an_artifact_may_have_one() {
        assertThat(problem(w -> w.step(
                        "a",
                        s -> s.image("i").produces(Artifact.file("data.csv")).reports(Result.number("a.u.c")))))
                .isEqualTo("step `a`: the name must be a letter followed by at most 63 letters, digits, `_` or `-`,"
                        + " but was `a.u.c`.");
    }

    @Test
    void an_artifact_name_with_a_slash_is_refused() {
        assertThat(problem(w -> w.step("a", s -> s.image("i").produces(Artifact.file("data/x")))))
                .isEqualTo("step `a`: the name of an artifact must be a letter followed by at most 63 letters, digits,"
                        + " `.`, `_` or `-`, but was `data/x`.");
    }

    @Test
    void state_names_above_80_characters_are_refused() {
        assertThat(problem(w -> w.forEach(LONG, List.of(1), (b, item) -> b.step(LONG + "x", s -> s.image("i")))))
                .isEqualTo(
                        "step `" + LONG + "x`: its states would have names of up to 99 characters, but 80 are allowed."
                                + " Shorten the names.");
    }

    @Test
    void two_branches_of_one_name_are_refused() {
        assertThat(problem(w -> w.parallel(
                        "both",
                        p -> p.branch("x", b -> b.step("a", s -> s.image("i")))
                                .branch("x", b -> b.step("b", s -> s.image("i"))))))
                .isEqualTo("parallel `both`, branch `x`: the name is taken already. Rename one of them.");
    }

    @Test
    void a_branch_name_is_checked_like_any_other() {
        assertThat(problem(w -> w.parallel("both", p -> p.branch("1st", b -> b.step("a", s -> s.image("i"))))))
                .isEqualTo("parallel `both`, branch `1st`: the name must be a letter followed by at most 63 letters,"
                        + " digits, `_` or `-`, but was `1st`.");
    }

    @Test
    void a_parameter_declared_twice_is_refused() {
        assertThat(problem(w -> w.parameter(Parameter.text("source"))
                        .parameter(Parameter.text("source"))
                        .step("a", s -> s.image("i"))))
                .isEqualTo("parameter `source`: is declared twice. Remove one of them.");
    }
}

package io.crois.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class StepBuilderTest {
    @Test
    void a_step_overrides_what_its_module_sets() {
        Module trainer =
                Module.of(s -> s.image("crafto/train:3").command("train").environment("THREADS", 2));

        Step step = only(Workflow.builder()
                .name("w")
                .step("a", s -> s.module(trainer).image("crafto/train:4"))
                .build());

        assertThat(step.image()).isEqualTo("crafto/train:4");
        assertThat(step.command()).containsExactly(Operand.of("train"));
        assertThat(step.environment()).containsEntry("THREADS", Operand.of(2));
    }

    @Test
    void a_module_alone_is_a_step() {
        Step step = only(Workflow.builder()
                .name("w")
                .step("a", Module.of(s -> s.image("crafto/train:3")))
                .build());

        assertThat(step.name()).isEqualTo("a");
        assertThat(step.image()).isEqualTo("crafto/train:3");
    }

    @Test
    void spot_and_reuse_are_off_until_asked_for() {
        Step plain =
                only(Workflow.builder().name("w").step("a", s -> s.image("i")).build());
        Step asked = only(Workflow.builder()
                .name("w")
                .step("a", s -> s.image("i").spot(true).cached())
                .build());

        assertThat(plain.spot()).isFalse();
        assertThat(plain.cached()).isFalse();
        assertThat(asked.spot()).isTrue();
        assertThat(asked.cached()).isTrue();
    }

    @Test
    void handlers_stand_beside_the_elements_of_their_body() {
        Workflow workflow = Workflow.builder()
                .name("w")
                .step("a", s -> s.image("i"))
                .onFailure(f -> f.step("tell", s -> s.image("i")))
                .lastly(l -> l.step("clean", s -> s.image("i")))
                .build();

        assertThat(workflow.body().elements()).extracting(Element::name).containsExactly("a");
        assertThat(workflow.body().onFailure())
                .isNotNull()
                .satisfies(body ->
                        assertThat(body.elements()).extracting(Element::name).containsExactly("tell"));
        assertThat(workflow.body().lastly())
                .isNotNull()
                .satisfies(body ->
                        assertThat(body.elements()).extracting(Element::name).containsExactly("clean"));
    }

    private static Step only(Workflow workflow) {
        return (Step) workflow.body().elements().get(0);
    }
}

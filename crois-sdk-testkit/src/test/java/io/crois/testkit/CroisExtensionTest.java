package io.crois.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.crois.testkit.container.ContainerScript;
import io.crois.workflow.Arguments;
import io.crois.workflow.Workflow;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

@ExtendWith(CroisExtension.class)
final class CroisExtensionTest {
    private static final Workflow WORKFLOW = Workflow.builder()
            .name("training")
            .step("train", s -> s.image("demo/train:1"))
            .build();

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @BeforeEach
    void the_testkit_is_there_before_a_test(CroisTestkit testkit) {
        testkit.containers().step("train", ContainerScript.exits(3));
    }

    @Test
    void a_test_gets_the_testkit_that_was_prepared_for_it(CroisTestkit testkit) {
        ExecutionAssert.assertThat(testkit.run(WORKFLOW, Arguments.none())).failed();
    }

    @Test
    void each_test_gets_a_testkit_of_its_own(CroisTestkit testkit, CroisTestkit again) {
        assertThat(again).isSameAs(testkit);
        assertThat(testkit.crois().executions()).isEmpty();
    }

    @Test
    void a_test_that_fails_prints_the_timeline_of_its_executions() {
        TestExecutionSummary summary = run(Failing.class);

        assertThat(summary.getTestsFailedCount()).isEqualTo(1);
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("Test fails(CroisTestkit) failed.\nExecution training-")
                .contains(" is FAILED (")
                .contains("Timeline:\n")
                .containsPattern("train #1 FAILED");
    }

    @Test
    void a_test_that_fails_before_an_execution_says_so() {
        run(FailingEarly.class);

        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("failed before an execution was submitted.");
    }

    @Test
    void settings_reach_the_testkit_and_a_test_that_passes_prints_nothing() {
        TestExecutionSummary summary = run(Registered.class);

        assertThat(summary.getTestsSucceededCount()).isEqualTo(1);
        assertThat(printed.toString(StandardCharsets.UTF_8)).doesNotContain("Timeline");
    }

    @Test
    void a_constructor_cannot_have_it() {
        TestExecutionSummary summary = run(InTheConstructor.class);

        assertThat(summary.getTestsSucceededCount()).isZero();
    }

    private TestExecutionSummary run(Class<?> tests) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        PrintStream before = System.err;
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            LauncherFactory.create()
                    .execute(
                            LauncherDiscoveryRequestBuilder.request()
                                    .selectors(selectClass(tests))
                                    .build(),
                            listener);
        } finally {
            System.setErr(before);
        }
        return listener.getSummary();
    }

    @ExtendWith(CroisExtension.class)
    static final class Failing {
        @Test
        void fails(CroisTestkit testkit) {
            testkit.containers().step("train", ContainerScript.exits(7));
            assertThat(testkit.run(WORKFLOW, Arguments.none()).status()).isNull();
        }
    }

    @ExtendWith(CroisExtension.class)
    static final class FailingEarly {
        @Test
        void fails() {
            throw new IllegalStateException("Early.");
        }
    }

    static final class Registered {
        @RegisterExtension
        final CroisExtension crois = CroisExtension.of(builder -> builder.project("demo"));

        @Test
        void passes(CroisTestkit testkit) {
            assertThat(testkit.run(WORKFLOW, Arguments.none()).describe().project())
                    .isEqualTo("demo");
        }
    }

    @ExtendWith(CroisExtension.class)
    static final class InTheConstructor {
        InTheConstructor(CroisTestkit testkit) {
            assertThat(testkit).isNotNull();
        }

        @Test
        void never() {
            assertThat(WORKFLOW).isNotNull();
        }
    }
}

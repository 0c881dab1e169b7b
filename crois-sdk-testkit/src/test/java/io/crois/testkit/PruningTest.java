package io.crois.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crois.Crois;
import io.crois.contract.Deployment;
import io.crois.contract.ExecutionStatus;
import io.crois.execution.Execution;
import io.crois.testkit.container.ContainerScript;
import io.crois.workflow.Arguments;
import io.crois.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Old versions go; what is live, new, running or could be redriven stays. */
final class PruningTest {
    private final CroisTestkit testkit = CroisTestkit.create();
    private final Crois crois = testkit.crois();

    @Test
    void all_but_the_latest_and_the_live_version_are_deleted() {
        for (int i = 1; i <= 6; i++) {
            crois.deploy(version(i));
        }
        crois.rollback("training", 2);

        List<Deployment> pruned = crois.prune("training", 2);

        assertThat(pruned).extracting(Deployment::version).containsExactly(4, 3, 1);
        assertThat(crois.deployments("training"))
                .extracting(Deployment::version)
                .containsExactly(6, 5, 2);
        assertThat(versions()).hasSize(3);
        assertThat(crois.prune("training", 2)).isEmpty();
    }

    @Test
    void a_deleted_version_is_published_anew_when_it_is_deployed_again() {
        crois.deploy(version(1));
        crois.deploy(version(2));
        crois.prune("training", 1);

        Execution execution = testkit.run(version(1), Arguments.none());

        assertThat(execution.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(crois.deployments("training"))
                .extracting(Deployment::version)
                .containsExactly(3, 2);
    }

    @Test
    void a_version_stays_as_long_as_its_executions_run_or_could_be_redriven() {
        testkit.containers().step("train", ContainerScript.exits(1).takes(Duration.ofHours(5)));
        Execution execution = crois.submit(version(1), Arguments.none());
        crois.deploy(version(2));
        testkit.loop().advance(Duration.ofHours(1));
        List<Deployment> whileItRuns = crois.prune("training", 1);
        testkit.await(execution);
        List<Deployment> whenItFailed = crois.prune("training", 1);
        testkit.loop().advance(Duration.ofDays(15));
        List<Deployment> afterTwoWeeks = crois.prune("training", 1);

        assertThat(whileItRuns).isEmpty();
        assertThat(whenItFailed).isEmpty();
        assertThat(afterTwoWeeks).extracting(Deployment::version).containsExactly(1);
    }

    @Test
    void at_least_one_version_stays() {
        assertThatThrownBy(() -> crois.prune("training", 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("keep must be at least 1, but was 0.");
        assertThat(crois.prune("unknown", 1)).isEmpty();
    }

    private List<String> versions() {
        String machine =
                testkit.aws().sfn().listStateMachines().stateMachines().get(0).stateMachineArn();
        return testkit
                .aws()
                .sfn()
                .listStateMachineVersions(request -> request.stateMachineArn(machine))
                .stateMachineVersions()
                .stream()
                .map(version -> version.stateMachineVersionArn())
                .toList();
    }

    private static Workflow version(int number) {
        return Workflow.builder()
                .name("training")
                .step("train", s -> s.image("demo/train:" + number))
                .build();
    }
}

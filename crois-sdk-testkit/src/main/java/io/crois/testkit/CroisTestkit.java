package io.crois.testkit;

import io.crois.Crois;
import io.crois.execution.Execution;
import io.crois.testkit.aws.InMemoryAws;
import io.crois.testkit.container.ScriptedContainers;
import io.crois.testkit.engine.EngineLimits;
import io.crois.testkit.time.VirtualEventLoop;
import io.crois.workflow.Arguments;
import io.crois.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/**
 * Runs workflows in a unit test: the compiled state machine, the platform's functions and the agent are the real ones;
 * the services are in memory, the containers follow a script, and time is virtual.
 *
 * <pre>{@code
 * CroisTestkit testkit = CroisTestkit.create();
 * testkit.containers().step("train", 1, ContainerScript.runsOutOfMemory());
 *
 * Execution execution = testkit.run(workflow, Arguments.none());
 *
 * ExecutionAssert.assertThat(execution).succeeded().step("train").ranTimes(2);
 * }</pre>
 *
 * <p>Not thread-safe.
 */
public final class CroisTestkit {
    private static final Duration POLL_INTERVAL = Duration.ofSeconds(10);
    /** After this time the SDK asks Step Functions itself. */
    private static final Duration EVENTS_MAY_BE_LOST = Duration.ofMinutes(1);

    private final VirtualEventLoop loop;
    private final InMemoryAws aws;
    private final ScriptedContainers containers;
    private final Crois crois;
    private final String project;

    private CroisTestkit(Builder builder) {
        project = builder.project;
        loop = VirtualEventLoop.create();
        aws = InMemoryAws.builder()
                .eventLoop(loop)
                .seed(builder.seed)
                .limits(builder.limits)
                .build();
        containers = (ScriptedContainers) aws.containers();
        Platform.install(aws);
        crois = Crois.builder()
                .project(Platform.project(aws, builder.project, "test"))
                .clients(Platform.clients(aws))
                .clock(loop.clock())
                .pacing(new VirtualPacing(loop))
                .pollInterval(POLL_INTERVAL)
                .build();
    }

    /** Returns a testkit of project {@code test} with seed 0. */
    public static CroisTestkit create() {
        return builder().build();
    }

    /** Returns a builder. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the scripts of the containers; without one, a container succeeds with made-up values. */
    public ScriptedContainers containers() {
        return containers;
    }

    /** Returns the services. */
    public InMemoryAws aws() {
        return aws;
    }

    /** Returns the clock's owner; let time pass with {@link VirtualEventLoop#advance}. */
    public VirtualEventLoop loop() {
        return loop;
    }

    /** Returns the door that an application uses. */
    public Crois crois() {
        return crois;
    }

    /** Sets the value of a secret of the project, under the name that steps use. */
    public CroisTestkit secret(String name, String value) {
        Platform.putSecret(aws, project, name, value);
        return this;
    }

    /**
     * Submits an execution and lets virtual time pass until it has ended.
     *
     * @return the execution, whatever it ended with
     */
    public Execution run(Workflow workflow, Arguments arguments) {
        Execution execution = crois.submit(workflow, arguments);
        await(execution);
        return execution;
    }

    /** Lets virtual time pass until an execution has ended. */
    public void await(Execution execution) {
        String arn = String.valueOf(execution.describe().arn());
        loop.runUntil(() -> !aws.sfn()
                .describeExecution(request -> request.executionArn(arn))
                .statusAsString()
                .equals("RUNNING"));
        if (!loop.runUntil(() -> execution.status().ended())) {
            loop.advance(EVENTS_MAY_BE_LOST);
        }
    }

    /** Returns the history of an execution as Step Functions keeps it. */
    public List<HistoryEvent> history(Execution execution) {
        String arn = String.valueOf(execution.describe().arn());
        return aws.sfn().getExecutionHistoryPaginator(request -> request.executionArn(arn)).events().stream()
                .toList();
    }

    /** Returns the states that an execution entered, in their order; each is a state transition that AWS charges. */
    public List<String> transitions(Execution execution) {
        return history(execution).stream()
                .filter(event -> event.stateEnteredEventDetails() != null)
                .map(event -> event.stateEnteredEventDetails().name())
                .toList();
    }

    /** Builds a testkit. Not thread-safe. */
    public static final class Builder {
        private String project = "test";
        private long seed;
        private EngineLimits limits = EngineLimits.aws();

        private Builder() {}

        /** Sets the project's name; default {@code test}. */
        public Builder project(String name) {
            project = name;
            return this;
        }

        /** Sets what ids, tokens and jitter are made of; default 0. */
        public Builder seed(long value) {
            seed = value;
            return this;
        }

        /** Sets the quotas of Step Functions; default those of AWS. */
        public Builder limits(EngineLimits engineLimits) {
            limits = engineLimits;
            return this;
        }

        /** Returns the testkit. */
        public CroisTestkit build() {
            return new CroisTestkit(this);
        }
    }
}

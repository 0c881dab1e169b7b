package io.crois;

import io.crois.compile.PlatformNames;
import io.crois.compile.WorkflowCompiler;
import io.crois.contract.Deployment;
import io.crois.contract.PlatformSettings;
import io.crois.execution.Account;
import io.crois.execution.AwsClients;
import io.crois.execution.Blueprint;
import io.crois.execution.DeploymentPlan;
import io.crois.execution.Events;
import io.crois.execution.Execution;
import io.crois.execution.ExecutionListener;
import io.crois.execution.Executions;
import io.crois.execution.MachineSettings;
import io.crois.execution.NewSchedule;
import io.crois.execution.NewTrigger;
import io.crois.execution.Pacing;
import io.crois.execution.ProjectSettings;
import io.crois.execution.RateLimits;
import io.crois.execution.Schedule;
import io.crois.execution.SubmitOptions;
import io.crois.execution.Subscription;
import io.crois.execution.Trigger;
import io.crois.workflow.Arguments;
import io.crois.workflow.CroisException;
import io.crois.workflow.Workflow;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The door: deploys workflows of a project, submits them and tells what becomes of them. Thread-safe.
 *
 * <pre>{@code
 * Crois crois = Crois.builder().project(new ProjectSettings("demo", flowRole, taskRole, executionRole, agentImage)).build();
 * Execution execution = crois.submit(training, Arguments.none().with(source, "https://example.org/data.csv"));
 * if (execution.await() == ExecutionStatus.SUCCEEDED) {
 *     double accuracy = execution.result(auc);
 * }
 * }</pre>
 */
public final class Crois {
    private final Executions executions;

    private Crois(Executions executions) {
        this.executions = executions;
    }

    /** Returns a builder. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Deploys a workflow, if this version of it is not deployed yet, and lets the alias {@code live} of its state
     * machine name it. May be killed anywhere and repeated, and be called by many at once.
     *
     * @throws CroisException if the workflow exceeds a quota of AWS; nothing is changed then
     */
    public Deployment deploy(Workflow workflow) {
        return executions.deploy(workflow);
    }

    /** Returns what {@link #deploy} would change, for a person to read; changes nothing. */
    public DeploymentPlan plan(Workflow workflow) {
        return executions.plan(workflow);
    }

    /**
     * Returns the requests with which a workflow is deployed, and those of the schedules and triggers that it has, to
     * be exported with {@link io.crois.export.ProjectTemplate}; changes nothing.
     */
    public Blueprint blueprint(Workflow workflow) {
        return executions.blueprint(workflow);
    }

    /** Returns the deployed versions of a workflow, the latest first. */
    public List<Deployment> deployments(String workflow) {
        return executions.deployments(workflow);
    }

    /**
     * Lets the alias {@code live} name an earlier version again: schedules and rules start that one. Running executions
     * go on as they are, and {@link #submit} starts the version of the workflow it is given.
     *
     * @throws CroisException if no version of that number was deployed
     */
    public Deployment rollback(String workflow, int version) {
        return executions.rollback(workflow, version);
    }

    /**
     * Deletes old versions of a workflow, of which Step Functions keeps 1,000: all but the latest ones, the one that
     * the alias names, and those with executions that run or could be redriven. Deploying one again publishes it anew;
     * a process that has submitted a deleted version before must be started anew to do it again.
     *
     * @param keep how many of the latest versions stay, at least 1
     * @return what was deleted, the latest first
     * @throws IllegalArgumentException if {@code keep} is below 1
     */
    public List<Deployment> prune(String workflow, int keep) {
        return executions.prune(workflow, keep);
    }

    /**
     * Starts an execution, under a name made of the workflow's, the time and twelve random digits.
     *
     * @throws io.crois.workflow.WorkflowValidationException if the arguments are not those the workflow takes; nothing
     *     is changed then
     */
    public Execution submit(Workflow workflow, Arguments arguments) {
        return executions.submit(workflow, arguments);
    }

    /**
     * Starts an execution.
     *
     * @param name of the execution, unique in the project: a letter and up to 63 letters, digits, {@code _} or
     *     {@code -}. Submitting again under the same name, with the same workflow and arguments, is the same execution
     * @throws io.crois.workflow.WorkflowValidationException if the arguments are not those the workflow takes; nothing
     *     is changed then
     * @throws CroisException if the name is not a name, or belongs to an execution of something else
     */
    public Execution submit(Workflow workflow, Arguments arguments, String name) {
        return executions.submit(workflow, arguments, name);
    }

    /**
     * Starts an execution that does some things otherwise than its workflow says.
     *
     * @throws io.crois.workflow.WorkflowValidationException if the arguments are not those the workflow takes; nothing
     *     is changed then
     * @throws CroisException with every problem of the options at once, before AWS is called; or if the name belongs to
     *     an execution of something else
     */
    public Execution submit(Workflow workflow, Arguments arguments, SubmitOptions options) {
        return executions.submit(workflow, arguments, options);
    }

    /**
     * Starts a new execution that goes on where an earlier one stopped, also with a workflow that has changed since: a
     * step that the earlier execution finished with the same fingerprint is not run again. Its arguments are those of
     * the earlier execution as far as the workflow still takes them.
     *
     * @param of the earlier execution, which has ended
     * @throws CroisException if there is no such execution, or if it has not ended
     */
    public Execution resume(Workflow workflow, String of) {
        return executions.resume(workflow, of);
    }

    /**
     * Starts a new execution that goes on where an earlier one stopped, with other arguments or options.
     *
     * @see #resume(Workflow, String)
     */
    public Execution resume(Workflow workflow, String of, Arguments arguments, SubmitOptions options) {
        return executions.resume(workflow, of, arguments, options);
    }

    /** Returns the execution of a name, whichever process submitted it. */
    public Optional<Execution> execution(String name) {
        return executions.find(name);
    }

    /** Returns all executions of the project, the latest first; they are read as the stream is. */
    public Stream<Execution> executions() {
        return executions.list();
    }

    /**
     * Returns a schedule that is about to be made: times at which a workflow is started, with no process of yours.
     *
     * <pre>{@code crois.schedule(training).named("nightly").cron("0 3 * * ? *").create();}</pre>
     */
    public NewSchedule schedule(Workflow workflow) {
        return executions.schedule(workflow);
    }

    /** Returns the schedule of a name, whichever process made it. */
    public Optional<Schedule> schedule(String name) {
        return executions.schedule(name);
    }

    /** Returns all schedules of the project, in the order of their names. */
    public List<Schedule> schedules() {
        return executions.schedules();
    }

    /**
     * Returns a trigger that is about to be made: an event that starts a workflow, with no process of yours.
     *
     * <pre>{@code crois.trigger(training).named("new-data").onObject("incoming", "daily/").keyAs(source).create();}
     * </pre>
     */
    public NewTrigger trigger(Workflow workflow) {
        return executions.trigger(workflow);
    }

    /** Returns the trigger of a name, whichever process made it. */
    public Optional<Trigger> trigger(String name) {
        return executions.trigger(name);
    }

    /** Returns all triggers of the project, in the order of their names. */
    public List<Trigger> triggers() {
        return executions.triggers();
    }

    /** Tells a listener of everything that happens in the project's executions from now on. */
    public Subscription listen(ExecutionListener listener) {
        return executions.listen(listener);
    }

    /**
     * Returns what happens in the project's executions, from the time at which somebody begins to listen: for
     * listeners, publishers, and single events; to be narrowed and to be resumed after a restart.
     */
    public Events events() {
        return executions.events();
    }

    /** Builds the door. Not thread-safe. */
    public static final class Builder {
        private Optional<AwsClients> clients = Optional.empty();
        private Optional<ProjectSettings> project = Optional.empty();
        private PlatformSettings platform = PlatformSettings.defaults();
        private PlatformNames functions = PlatformNames.defaults();
        private Clock clock = Clock.systemUTC();
        private Pacing pacing = Pacing.realTime();
        private Duration pollInterval = Duration.ofSeconds(1);
        private MachineSettings machines = MachineSettings.plain();
        private RateLimits limits = RateLimits.aws();

        private Builder() {}

        /** Sets the project and its roles; there is no default. */
        public Builder project(ProjectSettings settings) {
            project = Optional.of(settings);
            return this;
        }

        /** Sets the clients; by default those of {@link AwsClients#create()}. */
        public Builder clients(AwsClients awsClients) {
            clients = Optional.of(awsClients);
            return this;
        }

        /** Sets what the account's platform is called; default {@link PlatformSettings#defaults()}. */
        public Builder platform(PlatformSettings settings) {
            platform = settings;
            return this;
        }

        /** Sets what the platform's functions are called; default {@link PlatformNames#defaults()}. */
        public Builder functions(PlatformNames names) {
            functions = names;
            return this;
        }

        /** Sets the clock that gives the times the SDK writes; default the system's. */
        public Builder clock(Clock source) {
            clock = source;
            return this;
        }

        /** Sets how the SDK waits; default {@link Pacing#realTime()}. */
        public Builder pacing(Pacing waiting) {
            pacing = waiting;
            return this;
        }

        /** Sets how often it asks for news while it waits or listens; default one second, must be positive. */
        public Builder pollInterval(Duration interval) {
            if (interval.isNegative() || interval.isZero()) {
                throw new CroisException("The poll interval is " + interval + ", but must be positive.");
            }
            pollInterval = interval;
            return this;
        }

        /** Sets how state machines log, trace and encrypt; default {@link MachineSettings#plain()}. */
        public Builder machines(MachineSettings settings) {
            machines = settings;
            return this;
        }

        /** Sets how fast AWS is called; default {@link RateLimits#aws()}. */
        public Builder limits(RateLimits rates) {
            limits = rates;
            return this;
        }

        /**
         * Returns the door. Calls nothing yet.
         *
         * @throws CroisException if no project is set
         */
        public Crois build() {
            ProjectSettings owner = project.orElseThrow(
                    () -> new CroisException("Crois has no project. Set one with Crois.builder().project(...)."));
            Account account = new Account(
                    clients.orElseGet(AwsClients::create),
                    platform,
                    owner,
                    clock,
                    pacing,
                    pollInterval,
                    machines,
                    limits);
            return new Crois(new Executions(account, WorkflowCompiler.create().platformNames(functions)));
        }
    }
}

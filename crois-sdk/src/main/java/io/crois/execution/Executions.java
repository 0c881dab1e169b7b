package io.crois.execution;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.compile.CompiledWorkflow;
import io.crois.compile.WorkflowCompiler;
import io.crois.contract.Deployment;
import io.crois.contract.ItemKey;
import io.crois.contract.Run;
import io.crois.contract.StartCause;
import io.crois.contract.StartRule;
import io.crois.contract.SubmitTerms;
import io.crois.workflow.Arguments;
import io.crois.workflow.CroisException;
import io.crois.workflow.Parameter;
import io.crois.workflow.Workflow;
import java.security.SecureRandom;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The executions of a project: deploys workflows, submits, lists and finds executions. Thread-safe. */
public final class Executions {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final long RANDOM_BITS = (1L << 48) - 1;
    private static final int LONGEST_PREFIX = 35;

    private final Account account;
    private final WorkflowCompiler compiler;
    private final LiveFeed live;
    private final SecureRandom random = new SecureRandom();
    private final AwsCalls calls;
    private final Deployer deployer;
    private final Submission submission;
    private final StartRules rules;
    private final Timers timers;
    private final EventRules events;

    public Executions(Account account, WorkflowCompiler compiler) {
        this.account = account;
        this.compiler = compiler;
        this.calls = new AwsCalls(account);
        this.deployer = new Deployer(account, calls);
        this.submission = new Submission(account, calls);
        this.live = new LiveFeed(account);
        this.rules = new StartRules(account, calls);
        this.timers = new Timers(account, calls, rules);
        this.events = new EventRules(account, calls, rules, deployer);
    }

    /**
     * Deploys a workflow, if this version of it is not deployed yet, and lets the alias {@code live} of its state
     * machine name it. May be killed anywhere and repeated, and be called by many at once.
     *
     * @throws CroisException if the workflow exceeds a quota of AWS; nothing is changed then
     */
    public Deployment deploy(Workflow workflow) {
        return deployer.deploy(compiler.compile(workflow));
    }

    /** Returns what {@link #deploy} would change; changes nothing. */
    public DeploymentPlan plan(Workflow workflow) {
        return new DeploymentPlanner(account, deployer).plan(compiler.compile(workflow));
    }

    /** Returns the requests with which a workflow is deployed, with its schedules and triggers; changes nothing. */
    public Blueprint blueprint(Workflow workflow) {
        return new Blueprints(deployer, rules, timers, events).of(compiler.compile(workflow));
    }

    /** Returns the deployed versions of a workflow, the latest first. */
    public List<Deployment> deployments(String workflow) {
        return deployer.all(workflow);
    }

    /**
     * Lets the alias {@code live} name an earlier version again: schedules and rules start that one. Running executions
     * go on as they are, and {@link #submit} starts the version of the workflow it is given.
     *
     * @throws CroisException if no version of that number was deployed
     */
    public Deployment rollback(String workflow, int version) {
        return deployer.rollback(workflow, version);
    }

    /**
     * Deletes old versions of a workflow, of which Step Functions keeps 1,000: all but the latest ones, the one that
     * the alias names, and those with executions that run or could be redriven. Deploying one again publishes it anew.
     *
     * @param keep how many of the latest versions stay, at least 1
     * @return what was deleted, the latest first
     */
    public List<Deployment> prune(String workflow, int keep) {
        return new Pruning(account, calls, deployer).prune(workflow, keep);
    }

    /** Submits an execution under a name made of the workflow's, the time and twelve random digits. */
    public Execution submit(Workflow workflow, Arguments arguments) {
        return submit(workflow, arguments, name(workflow));
    }

    /**
     * Deploys the workflow if need be and starts an execution of it.
     *
     * @param name of the execution, unique in the project. Submitting again under the same name, with the same workflow
     *     and arguments, is the same execution; sealed arguments are not compared
     * @throws io.crois.workflow.WorkflowValidationException if the arguments are not those the workflow takes; nothing
     *     is changed then
     * @throws CroisException if the name is not a name, or belongs to an execution of something else
     */
    public Execution submit(Workflow workflow, Arguments arguments, String name) {
        return submit(workflow, arguments, SubmitOptions.none().named(name));
    }

    /**
     * Deploys the workflow if need be and starts an execution of it that does some things otherwise.
     *
     * @throws io.crois.workflow.WorkflowValidationException if the arguments are not those the workflow takes; nothing
     *     is changed then
     * @throws CroisException with every problem of the options at once, before AWS is called; or if the name belongs to
     *     an execution of something else
     */
    public Execution submit(Workflow workflow, Arguments arguments, SubmitOptions options) {
        return submit(workflow, arguments, options, null);
    }

    private Execution submit(Workflow workflow, Arguments arguments, SubmitOptions options, @Nullable String resumes) {
        String name = options.name().orElseGet(() -> name(workflow));
        Names.check("execution", name);
        var checked = arguments.check(workflow);
        CompiledWorkflow compiled = compiler.compile(workflow);
        SubmitCheck check = new SubmitCheck(compiled);
        check.check(options);
        check.afford(options, arguments, resumes != null);
        Deployment deployment = deployer.ensure(compiled);
        SubmitTerms terms = check.terms(options, deployer.definitions());
        var sealed = new Sealing(account).seal(workflow, checked);
        submission.submit(deployment, sealed, name, resumes == null ? terms : terms.resuming(resumes));
        return execution(name);
    }

    /**
     * Starts a new execution that goes on where an earlier one stopped: a step is not run again if the earlier
     * execution finished it with the same fingerprint, that is with equal image, command, environment, parameters,
     * content of inputs and declared outputs. The workflow may have changed since. The arguments are those of the
     * earlier execution as far as the workflow still takes them, and defaults.
     *
     * @param of the earlier execution, which has ended
     * @throws CroisException if there is no such execution, if it has not ended, or if the workflow has sealed
     *     parameters: their arguments must be given again
     */
    public Execution resume(Workflow workflow, String of) {
        refuseSealed(workflow);
        Map<String, JsonNode> arguments = new LinkedHashMap<>(ended(of).arguments());
        arguments
                .keySet()
                .retainAll(workflow.parameters().stream().map(Parameter::name).toList());
        return resume(workflow, of, new Arguments(arguments, Map.of()), SubmitOptions.none());
    }

    /**
     * Starts a new execution that goes on where an earlier one stopped, with other arguments or options.
     *
     * @see #resume(Workflow, String)
     */
    public Execution resume(Workflow workflow, String of, Arguments arguments, SubmitOptions options) {
        ended(of);
        return submit(workflow, arguments, options, of);
    }

    private static void refuseSealed(Workflow workflow) {
        List<String> sealed = workflow.parameters().stream()
                .filter(Parameter::isSealed)
                .map(Parameter::name)
                .toList();
        if (!sealed.isEmpty()) {
            throw new CroisException("Workflow `" + workflow.name() + "` has the sealed parameters "
                    + String.join(", ", sealed)
                    + ", whose earlier arguments only a container of the project can open. Resume with arguments.");
        }
    }

    private Execution ended(String name) {
        Execution execution = find(name)
                .orElseThrow(() -> new CroisException("Project `"
                        + account.project().name() + "` has no execution `" + name
                        + "` to resume. The list of executions tells which there are."));
        if (!execution.status().ended()) {
            throw new CroisException("Execution `" + name + "` is " + execution.status()
                    + ", but only one that has ended can be resumed. Wait for its end, or stop it.");
        }
        return execution;
    }

    private Execution execution(String name) {
        return new Execution(account, live, calls, name);
    }

    /** Returns the execution of a name, if there is one. */
    public Optional<Execution> find(String name) {
        Run run = Run.of(account.project().name(), name);
        return account.table().read(ItemKey.execution(run), Map.class).map(item -> execution(name));
    }

    /** Returns all executions, the latest first; they are read as the stream is. */
    public Stream<Execution> list() {
        return account.table()
                .queryLatest(ItemKey.executions(account.project().name()), String.class)
                .map(this::execution);
    }

    /** Returns a schedule that is about to be made: times at which a workflow is started. */
    public NewSchedule schedule(Workflow workflow) {
        return new NewSchedule(this, workflow);
    }

    Schedule schedule(
            Workflow workflow,
            String name,
            Map<String, JsonNode> arguments,
            SubmitOptions options,
            StartCause.Time time) {
        return schedule(start(workflow, name, arguments, Map.of(), options, time, timers));
    }

    /** Adds what is wrong with the options of executions that nobody submits. */
    void checkStarts(Workflow workflow, SubmitOptions options, List<String> problems) {
        if (options.name().isPresent()) {
            problems.add("the options name an execution, but every start has a name of its own. Leave named(...) out of"
                    + " the options.");
        }
        problems.addAll(new SubmitCheck(compiler.compile(workflow)).problems(options));
    }

    void afford(Workflow workflow, Arguments arguments, SubmitOptions options) {
        new SubmitCheck(compiler.compile(workflow)).afford(options, arguments, false);
    }

    /** Writes a rule and makes what rings for it; what AWS refuses leaves the rule as it was. */
    private StartRule start(
            Workflow workflow,
            String name,
            Map<String, JsonNode> arguments,
            Map<String, String> fromEvent,
            SubmitOptions options,
            StartCause cause,
            Bell bell) {
        CompiledWorkflow compiled = compiler.compile(workflow);
        Deployment deployment = deployer.deploy(compiled);
        SubmitTerms terms = new SubmitCheck(compiled).terms(options, deployer.definitions());
        Map<String, JsonNode> sealed = new Sealing(account).seal(workflow, arguments);
        Optional<StartRule> earlier = rules.find(name);
        StartRule rule = rules.write(name, workflow.name(), sealed, fromEvent, cause, terms);
        try {
            bell.put(rule, deployment.stateMachineArn());
        } catch (CroisException refused) {
            earlier.ifPresentOrElse(rules::put, () -> rules.delete(name));
            throw refused;
        }
        return rule;
    }

    private Schedule schedule(StartRule rule) {
        return new Schedule(rule, new StartSwitch(rules, timers, deployer, rule, "Schedule"));
    }

    /** Returns the schedule of a name, if there is one. */
    public Optional<Schedule> schedule(String name) {
        return rules.find(name)
                .filter(rule -> rule.cause() instanceof StartCause.Time)
                .map(this::schedule);
    }

    /** Returns all schedules of the project, in the order of their names. */
    public List<Schedule> schedules() {
        return rules.all().stream()
                .filter(rule -> rule.cause() instanceof StartCause.Time)
                .map(this::schedule)
                .toList();
    }

    /** Returns a trigger that is about to be made: an event that starts a workflow. */
    public NewTrigger trigger(Workflow workflow) {
        return new NewTrigger(this, workflow);
    }

    Trigger trigger(
            Workflow workflow,
            String name,
            Map<String, JsonNode> arguments,
            Map<String, String> fromEvent,
            SubmitOptions options,
            StartCause cause) {
        return trigger(start(workflow, name, arguments, fromEvent, options, cause, events));
    }

    void checkTrigger(Workflow workflow, String name, StartCause cause, List<String> problems) {
        new TriggerCheck(account, calls, deployer, rules).check(workflow.name(), name, cause, problems);
    }

    private Trigger trigger(StartRule rule) {
        return new Trigger(rule, new StartSwitch(rules, events, deployer, rule, "Trigger"));
    }

    /** Returns the trigger of a name, if there is one. */
    public Optional<Trigger> trigger(String name) {
        return rules.find(name)
                .filter(rule -> !(rule.cause() instanceof StartCause.Time))
                .map(this::trigger);
    }

    /** Returns all triggers of the project, in the order of their names. */
    public List<Trigger> triggers() {
        return rules.all().stream()
                .filter(rule -> !(rule.cause() instanceof StartCause.Time))
                .map(this::trigger)
                .toList();
    }

    /** Tells a listener of everything that happens in the project's executions from now on. */
    public Subscription listen(ExecutionListener listener) {
        return events().listen(listener);
    }

    /** Returns what happens in the project's executions, from the time at which somebody begins to listen. */
    public Events events() {
        return Events.of(account, live);
    }

    private String name(Workflow workflow) {
        String prefix = workflow.name().substring(0, Math.min(workflow.name().length(), LONGEST_PREFIX));
        String time = TIME.format(account.clock().instant());
        return String.format(Locale.ROOT, "%s-%s-%012x", prefix, time, random.nextLong() & RANDOM_BITS);
    }
}

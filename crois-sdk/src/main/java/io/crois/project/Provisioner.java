package io.crois.project;

import io.crois.execution.Pacing;
import io.crois.execution.ProjectSettings;
import io.crois.workflow.CroisException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Makes projects, looks after them and removes them. May be killed anywhere and run again, also by several processes at
 * once: it looks at what is there and changes what is not as it shall be. Thread-safe.
 *
 * <pre>{@code
 * Provisioner provisioner = Provisioner.create(ProjectClients.create(), platform);
 * provisioner.applyAccount();                                     // once for the account
 * ProjectDefinition demo = ProjectDefinition.named("demo").addApplication(craftoRole).build();
 * System.out.println(provisioner.plan(demo));                     // changes nothing
 * ProjectSettings settings = provisioner.apply(demo).settings();  // for Crois.builder().project(settings)
 * }</pre>
 *
 * <p>It runs as one of the platform's key administrators. Every method throws the SDK's own exceptions when AWS refuses
 * for good, and a {@link CroisException} when AWS cannot be reached for three minutes.
 */
public final class Provisioner {
    private final ProjectClients clients;
    private final ProjectPlatform platform;
    private final Clock clock;
    private final Pacing pacing;
    private final Parallel parallel;
    private final ApiRates rates = new ApiRates();

    private Provisioner(Builder builder) {
        clients = builder.clients;
        platform = builder.platform;
        clock = builder.clock;
        pacing = builder.pacing;
        parallel = new Parallel(builder.executor);
    }

    /** Returns a provisioner of an account in real time. */
    public static Provisioner create(ProjectClients clients, ProjectPlatform platform) {
        return builder(clients, platform).build();
    }

    /** Returns a builder. */
    public static Builder builder(ProjectClients clients, ProjectPlatform platform) {
        return new Builder(clients, platform);
    }

    /**
     * Returns every change that {@link #apply} would make. Changes nothing.
     *
     * @throws CroisException if something of the project's names belongs to somebody else, an application's role is not
     *     there, or the account is not prepared
     */
    public Plan plan(ProjectDefinition project) {
        Site site = site(project, calls());
        return new Plan(subject(project), Step.changes(steps(site)));
    }

    /**
     * Makes a project what it shall be. When nothing is to be changed it only reads.
     *
     * @throws CroisException as {@link #plan} does, before anything is changed
     */
    public Provisioned apply(ProjectDefinition project) {
        Calls calls = calls();
        Site site = site(project, calls);
        List<PlannedChange> made = new Settlement(parallel, calls).settle(subject(project), () -> steps(site));
        ProjectSettings settings = new ProjectSettings(
                project.name(),
                site.policies.flowRoleArn(),
                site.policies.taskRoleArn(),
                platform.executionRole(),
                platform.agentImage(),
                site.keyArn());
        return new Provisioned(settings, new Plan(subject(project), made), calls.reads(), calls.writes());
    }

    /**
     * Looks whether a project is as it shall be and could run: finds drift, and rights that are missing, before a run
     * needs them. Changes nothing. Simulates with {@code iam:SimulatePrincipalPolicy}, which counts in the boundary and
     * the organization's policies.
     *
     * @throws CroisException as {@link #plan} does
     */
    public Verification verify(ProjectDefinition project) {
        Calls calls = calls();
        Site site = site(project, calls);
        Plan drift = new Plan(subject(project), Step.changes(steps(site)));
        return new Verification(drift, new Inspection(site).findings());
    }

    /** Returns every change that {@link #applyAccount} would make. Changes nothing. */
    public Plan planAccount() {
        return new Plan(accountSubject(), Step.changes(new AccountGuard(clients, calls(), platform).steps()));
    }

    /**
     * Prepares an account for projects: the permissions boundary of their roles, the statements in the policy of the
     * bucket, which keeps its other statements, and the rule that tells of changes that no policy can prevent.
     */
    public Plan applyAccount() {
        Calls calls = calls();
        AccountGuard guard = new AccountGuard(clients, calls, platform);
        return new Plan(accountSubject(), new Settlement(parallel, calls).settle(accountSubject(), guard::steps));
    }

    /**
     * Removes a project: state machines, container definitions, secrets, roles, rights, alias, and the key after its
     * waiting time. What is gone already is no error; what stays on purpose is said in the plan.
     *
     * @throws CroisException if the removal is not confirmed by the project's name, or if there are objects or running
     *     executions that it does not speak of; nothing is changed then
     */
    public Plan destroy(Removal removal) {
        Calls calls = calls();
        Site site = site(ProjectDefinition.named(removal.project()).build(), calls);
        String subject = subject(site.project);
        ProjectRemoval work = new ProjectRemoval(site, removal);
        work.refuseAccident();
        List<PlannedChange> made = new Settlement(parallel, calls).settle(subject, work::steps);
        return new Plan(subject, made, work.stays());
    }

    /** Returns what {@link #destroy} would remove, and what it would leave. Changes nothing, needs no confirmation. */
    public Plan planRemoval(Removal removal) {
        Site site = site(ProjectDefinition.named(removal.project()).build(), calls());
        ProjectRemoval work = new ProjectRemoval(site, removal);
        return new Plan(subject(site.project), Step.changes(work.steps()), work.stays());
    }

    /**
     * Renews the material of a project's key now, beside the renewal that is due anyway. What was encrypted before can
     * still be read. AWS KMS does so 25 times in the life of a key; a renewal that is under way is not begun again.
     *
     * @throws CroisException if there is no such project
     */
    public void rotateKey(String project) {
        Site site = site(ProjectDefinition.named(project).build(), calls());
        new ProjectKey(site).rotate();
    }

    private List<Step> steps(Site site) {
        List<Step> key = new ProjectKey(site).steps();
        List<Supplier<List<Step>>> others = List.of(
                ProjectRole.task(site)::steps, ProjectRole.flow(site)::steps, new ApplicationRights(site)::steps);
        List<Step> steps = new ArrayList<>(key);
        parallel.all(others).forEach(steps::addAll);
        steps.sort(Comparator.comparing(Step::stage));
        return steps;
    }

    private Calls calls() {
        return new Calls(clock, pacing, rates);
    }

    private Site site(ProjectDefinition project, Calls calls) {
        return new Site(clients, calls, platform, project);
    }

    private static String subject(ProjectDefinition project) {
        return "project " + project.name();
    }

    private String accountSubject() {
        return "account " + platform.account();
    }

    /** Builds a provisioner. Not thread-safe. */
    public static final class Builder {
        private final ProjectClients clients;
        private final ProjectPlatform platform;
        private Clock clock = Clock.systemUTC();
        private Pacing pacing = Pacing.realTime();
        private Executor executor = Parallel.daemons();

        private Builder(ProjectClients clients, ProjectPlatform platform) {
            this.clients = clients;
            this.platform = platform;
        }

        /** Sets the clock by which calls are paced; default the system's. */
        public Builder clock(Clock source) {
            clock = source;
            return this;
        }

        /** Sets how it waits between calls and tries; default {@link Pacing#realTime()}. */
        public Builder pacing(Pacing waiting) {
            pacing = waiting;
            return this;
        }

        /** Sets where calls are made that need not wait for one another; default a few daemon threads. */
        public Builder executor(Executor threads) {
            executor = threads;
            return this;
        }

        /** Returns the provisioner. Calls nothing yet. */
        public Provisioner build() {
            return new Provisioner(this);
        }
    }
}

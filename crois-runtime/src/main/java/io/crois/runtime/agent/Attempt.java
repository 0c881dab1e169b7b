package io.crois.runtime.agent;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.contract.AgentExit;
import io.crois.contract.ItemKey;
import io.crois.contract.SecretUse;
import io.crois.contract.StoredArtifact;
import io.crois.contract.TaskOrder;
import io.crois.contract.TaskReport;
import io.crois.runtime.agent.aws.AgentServices;
import io.crois.runtime.agent.aws.ServiceFailure;
import io.crois.wire.JsonText;
import io.crois.workflow.FailureClass;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One attempt of a step from order to report. Used once, by one thread. */
final class Attempt {
    /** What a program ends with that SIGTERM has ended. */
    private static final int STOPPED = 128 + 15;

    private static final Duration TIME_FOR_REPORT = Duration.ofSeconds(3);

    private final AgentServices services;
    private final Clock clock;
    private final CommandLauncher launcher;
    private final TaskOrder order;
    private final ArtifactStore artifacts;
    private volatile TaskOrder opened;

    private final Map<String, TaskReport.Phase> phases = new HashMap<>();
    private final List<StoredArtifact> outputs = new CopyOnWriteArrayList<>();
    private Map<String, JsonNode> results = Map.of();
    private CommandEnd end = CommandEnd.of(0);
    private String notStored = "";

    Attempt(AgentServices services, Clock clock, CommandLauncher launcher, TaskOrder order) {
        this.services = services;
        this.clock = clock;
        this.launcher = launcher;
        this.order = order;
        this.opened = order;
        this.artifacts = ArtifactStore.of(services.objects(), order);
    }

    int run(Path parent, OutputStream stdout, OutputStream stderr, StopSignal stop) {
        int exitCode;
        TaskReport.Failure failure = null;
        try (Workspace workspace = Workspace.create(parent, hasSecretFiles())) {
            work(workspace, stdout, stderr, stop);
            exitCode = end.exitCode();
            failure = commandFailure();
        } catch (AgentFailure e) {
            exitCode = e.code();
            failure = e.failure();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            exitCode = AgentExit.AGENT_FAULT.code();
            failure = new TaskReport.Failure(FailureClass.AGENT_FAULT, "The agent was interrupted.");
        } catch (IOException | RuntimeException e) {
            log().error(
                            "{} step {}: the agent failed. This is a bug in Crois, please report it.",
                            order.run(),
                            order.step(),
                            e);
            exitCode = AgentExit.AGENT_FAULT.code();
            failure = new TaskReport.Failure(
                    FailureClass.AGENT_FAULT,
                    "The agent failed with " + e.getClass().getSimpleName() + ".");
        }
        return report(exitCode, failure);
    }

    private boolean hasSecretFiles() {
        for (SecretUse secret : order.secrets()) {
            if (secret.file() != null) {
                return true;
            }
        }
        return false;
    }

    private void work(Workspace workspace, OutputStream stdout, OutputStream stderr, StopSignal stop)
            throws IOException, InterruptedException {
        Instant start = clock.instant();
        Secrets secrets = fetch(workspace, stop);
        start = phase("fetch", start);
        if (secrets == null) {
            end = new CommandEnd(STOPPED, CommandEnd.Reason.STOPPED, 0, 0);
            return;
        }
        end = runCommand(workspace, secrets, stdout, stderr, stop);
        start = phase("run", start);
        publishInTime(workspace, stop);
        phase("publish", start);
    }

    /** Returns {@code null} when the attempt was stopped meanwhile. */
    private @Nullable Secrets fetch(Workspace workspace, StopSignal stop) throws InterruptedException {
        AtomicReference<Secrets> secrets = new AtomicReference<>();
        try {
            stop.unlessGiven(() -> secrets.set(fetchAll(workspace, stop)));
            return stop.given() ? null : secrets.get();
        } catch (StopSignal.Over stopped) {
            return null;
        } catch (AgentFailure failed) {
            // The transfers see the signal too, and may give up before the work is left alone.
            if (stop.given()) {
                return null;
            }
            throw failed;
        }
    }

    private Secrets fetchAll(Workspace workspace, StopSignal stop) {
        try {
            artifacts.fetch(order.inputs(), workspace.inputs(), stop);
            Secrets secrets = Secrets.fetch(services.secrets(), order, workspace);
            SealedArguments hidden = SealedArguments.open(services.keys(), order);
            hidden.values().forEach(secrets::hide);
            opened = hidden.in(order);
            Files.write(workspace.parameters(), JsonText.bytes(opened.parameters()));
            return secrets;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A report that says what is missing is worth more than none: the last seconds of a stopped attempt are for it. */
    private void publishInTime(Workspace workspace, StopSignal stop) throws InterruptedException {
        String late =
                "Not all outputs could be stored in the time that an attempt has after it was stopped from outside.";
        try {
            stop.whileTimeIsLeft(TIME_FOR_REPORT, () -> publish(workspace));
        } catch (StopSignal.Over stopped) {
            if (end.reason() != CommandEnd.Reason.STOPPED) {
                throw new AgentFailure(AgentExit.OUTPUT_NOT_STORED, FailureClass.AGENT_FAULT, late);
            }
            notStored = " " + late;
        }
    }

    private Instant phase(String name, Instant start) {
        Instant now = clock.instant();
        phases.put(name, new TaskReport.Phase(start, now));
        return now;
    }

    private CommandEnd runCommand(
            Workspace workspace, Secrets secrets, OutputStream stdout, OutputStream stderr, StopSignal stop)
            throws IOException, InterruptedException {
        RedactingStream out = new RedactingStream(stdout, secrets.values());
        RedactingStream err = new RedactingStream(stderr, secrets.values());
        Command command = command(workspace, secrets, out, err);
        try (EventPublisher events = new EventPublisher(
                        services.table(), clock, order, new EventFile(workspace.events(), secrets.values()))
                .start()) {
            return launcher.run(command, stop);
        } finally {
            out.finish();
            err.finish();
        }
    }

    private Command command(Workspace workspace, Secrets secrets, OutputStream out, OutputStream err) {
        Map<String, String> environment = new HashMap<>(opened.environment());
        environment.putAll(secrets.variables());
        environment.put("CROIS_INPUTS", workspace.inputs().toString());
        environment.put("CROIS_OUTPUTS", workspace.outputs().toString());
        environment.put("CROIS_PARAMETERS", workspace.parameters().toString());
        environment.put("CROIS_RESULTS", workspace.results().toString());
        environment.put("CROIS_EVENTS", workspace.events().toString());
        environment.put("CROIS_SECRETS", workspace.secrets().toString());
        String directory = order.workingDirectory();
        return new Command(
                order,
                opened.command(),
                environment,
                directory == null ? null : Path.of(directory),
                workspace.inputs(),
                workspace.outputs(),
                workspace.results(),
                workspace.events(),
                out,
                err,
                Duration.ofSeconds(order.runBudget()));
    }

    private void publish(Workspace workspace) {
        boolean partial = end.exitCode() != 0 || end.reason() != CommandEnd.Reason.ENDED;
        List<String> missing = new ArrayList<>();
        for (TaskOrder.Output output : order.outputs()) {
            StoredArtifact stored = artifacts.store(output, workspace.outputs(), partial);
            if (stored != null) {
                outputs.add(stored);
            } else if (!output.optional()) {
                missing.add("`" + output.artifact() + "`");
            }
        }
        if (partial) {
            return;
        }
        if (!missing.isEmpty()) {
            throw new AgentFailure(
                    AgentExit.OUTPUT_MISSING,
                    FailureClass.MISSING_OUTPUT,
                    "The command ended with 0, but left no " + String.join(", ", missing)
                            + " in the folder that `CROIS_OUTPUTS` names.");
        }
        results = ResultFile.read(workspace.results(), order.results());
    }

    private TaskReport.@Nullable Failure commandFailure() {
        if (end.reason() == CommandEnd.Reason.RUN_BUDGET) {
            return new TaskReport.Failure(
                    FailureClass.TIMED_OUT,
                    "The command did not end within its run budget of " + Duration.ofSeconds(order.runBudget()) + ".");
        }
        if (end.reason() == CommandEnd.Reason.STOPPED) {
            return new TaskReport.Failure(FailureClass.EXIT_CODE, "The command was stopped from outside." + notStored);
        }
        if (end.reason() == CommandEnd.Reason.OUT_OF_MEMORY) {
            return new TaskReport.Failure(
                    FailureClass.OUT_OF_MEMORY,
                    "The command, or a process of it, was killed because the container used more memory than it had.");
        }
        return end.exitCode() == 0
                ? null
                : new TaskReport.Failure(
                        FailureClass.EXIT_CODE, "The command ended with exit code " + end.exitCode() + ".");
    }

    private int report(int exitCode, TaskReport.@Nullable Failure failure) {
        int code = end.reason() == CommandEnd.Reason.RUN_BUDGET ? AgentExit.RUN_BUDGET_EXCEEDED.code() : exitCode;
        try {
            services.table()
                    .report(ItemKey.report(order.run(), order.step(), order.attempt()), taskReport(code, failure));
            return code;
        } catch (ServiceFailure e) {
            log().error("{} step {}: the report was not written: {}", order.run(), order.step(), e.getMessage());
            return AgentExit.AGENT_FAULT.code();
        }
    }

    /** Found when there is something to say, which is seldom: logging takes long to come to life. */
    private static Logger log() {
        return LoggerFactory.getLogger(Attempt.class);
    }

    private TaskReport taskReport(int exitCode, TaskReport.@Nullable Failure failure) {
        long in = 0;
        for (TaskOrder.Input input : order.inputs()) {
            in += input.stored().bytes();
        }
        long out = 0;
        for (StoredArtifact output : outputs) {
            out += output.bytes();
        }
        return new TaskReport(
                order.run(),
                order.step(),
                order.attempt(),
                exitCode,
                failure,
                outputs,
                results,
                phases,
                in,
                out,
                end.peakMemoryBytes(),
                end.cpuMillis(),
                services.images().digest());
    }
}

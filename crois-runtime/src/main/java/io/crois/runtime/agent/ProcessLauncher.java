package io.crois.runtime.agent;

import io.crois.runtime.agent.CommandEnd.Reason;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs the user's command as a child process.
 *
 * <p>When the command is to end early, it and all its descendants get SIGTERM, and SIGKILL after the grace time. In a
 * container with a supervisor its process group gets the signal by which the container was told to stop, and whatever
 * it has left behind is ended with it. Thread-safe.
 */
public final class ProcessLauncher implements CommandLauncher {
    private static final int NOT_FOUND = 127;
    private static final int NOT_EXECUTABLE = 126;
    /** ENOENT as JDK 17 ({@code error=2,}) and JDK 25 ({@code error: 2 (}) spell it; there is no other sign of it. */
    private static final String NO_SUCH_FILE = "(?s).*error(=|: )2\\b.*";

    private static final long POLL_MILLIS = 50;
    private static final int BUFFER_BYTES = 16 * 1024;

    private final Duration grace;
    private final Supplier<CommandProcesses> processes;
    private final Consumer<ProcessHandle> started;
    private final Consumer<ProcessHandle> ended;

    private ProcessLauncher(
            Duration grace,
            Supplier<CommandProcesses> processes,
            Consumer<ProcessHandle> started,
            Consumer<ProcessHandle> ended) {
        this.grace = grace;
        this.processes = processes;
        this.started = started;
        this.ended = ended;
    }

    /** Returns a launcher that leaves a command 20 seconds between SIGTERM and SIGKILL. */
    public static ProcessLauncher create() {
        return withGrace(Duration.ofSeconds(20));
    }

    /** Returns a launcher that leaves a command this time between SIGTERM and SIGKILL. */
    public static ProcessLauncher withGrace(Duration grace) {
        return new ProcessLauncher(grace, DescendantProcesses::new, process -> {}, process -> {});
    }

    /** Returns a launcher for the only command of a container whose first process is the supervisor. */
    static ProcessLauncher supervised(Duration grace, Supervisor supervisor) {
        return new ProcessLauncher(grace, () -> new SupervisedProcesses(supervisor), process -> {}, process -> {});
    }

    /** Returns a launcher that tells of each command's process right after its start, and when it has ended. */
    public ProcessLauncher watchedBy(Consumer<ProcessHandle> onStart, Consumer<ProcessHandle> onEnd) {
        return new ProcessLauncher(grace, processes, onStart, onEnd);
    }

    @Override
    public CommandEnd run(Command command, StopSignal stop) throws InterruptedException {
        CommandProcesses family = processes.get();
        Process process;
        try {
            process = start(command, family);
        } catch (IOException e) {
            return notStarted(command, e);
        }
        started.accept(process.toHandle());
        try {
            return follow(process, family, command, stop);
        } finally {
            ended.accept(process.toHandle());
        }
    }

    private CommandEnd follow(Process process, CommandProcesses family, Command command, StopSignal stop)
            throws InterruptedException {
        ResourceUsage usage = family.started(process);
        Thread stdout = pump(process.getInputStream(), command.stdout(), "crois-stdout");
        Thread stderr = pump(process.getErrorStream(), command.stderr(), "crois-stderr");
        Reason reason = await(process, family, command.runBudget(), stop, usage);
        stdout.join(grace.toMillis() + 1);
        stderr.join(grace.toMillis() + 1);
        return new CommandEnd(process.exitValue(), reason, usage.peakMemoryBytes(), usage.cpuMillis());
    }

    private static Process start(Command command, CommandProcesses family) throws IOException {
        List<String> arguments = new ArrayList<>(family.prefix());
        arguments.addAll(command.arguments());
        ProcessBuilder builder = new ProcessBuilder(arguments);
        family.complete(builder.environment(), command.environment());
        if (command.workingDirectory() != null) {
            builder.directory(command.workingDirectory().toFile());
        }
        builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        return builder.start();
    }

    /** A shell's convention: 127 for a command that is missing, 126 for one that cannot be executed. */
    private static CommandEnd notStarted(Command command, IOException e) {
        boolean missing = String.valueOf(e.getMessage()).matches(NO_SUCH_FILE);
        int code = missing ? NOT_FOUND : NOT_EXECUTABLE;
        String what = code == NOT_FOUND ? "was not found" : "cannot be executed";
        String line = "Command `" + command.arguments().get(0) + "` " + what + " in this image.\n";
        try {
            command.stderr().write(line.getBytes(StandardCharsets.UTF_8));
        } catch (IOException unwritable) {
            e.addSuppressed(unwritable);
        }
        return new CommandEnd(code, Reason.NOT_STARTED, 0, 0);
    }

    private Reason await(
            Process process, CommandProcesses family, Duration budget, StopSignal stop, ResourceUsage usage)
            throws InterruptedException {
        long end = System.nanoTime() + budget.toNanos();
        try {
            while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                usage.sample();
                if (stop.given()) {
                    return terminate(process, family, Reason.STOPPED);
                }
                if (System.nanoTime() - end >= 0) {
                    return terminate(process, family, Reason.RUN_BUDGET);
                }
            }
            family.ended(process);
            return process.exitValue() != 0 && usage.outOfMemory() ? Reason.OUT_OF_MEMORY : Reason.ENDED;
        } catch (InterruptedException e) {
            family.kill(process);
            throw e;
        }
    }

    private Reason terminate(Process process, CommandProcesses family, Reason reason) throws InterruptedException {
        family.terminate(process);
        if (!process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
            family.kill(process);
        }
        process.waitFor();
        family.ended(process);
        return reason;
    }

    private static Thread pump(InputStream from, OutputStream to, String name) {
        Thread thread = new Thread(() -> copy(from, to), name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void copy(InputStream from, OutputStream to) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try (from) {
            for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                to.write(buffer, 0, read);
                to.flush();
            }
        } catch (IOException e) {
            if (!isClosed(e)) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static boolean isClosed(@Nullable IOException e) {
        return e != null
                && String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("closed");
    }
}

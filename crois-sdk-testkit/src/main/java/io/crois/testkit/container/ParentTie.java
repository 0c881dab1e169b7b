package io.crois.testkit.container;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.CodeSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ties child processes to this one: should it be killed, a small program that it started before ends them. The program
 * is started with the first child; where it cannot be, children outlive a SIGKILL, and a warning says so. Thread-safe.
 */
final class ParentTie implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ParentTie.class);

    private final Duration grace;
    private boolean tried;
    private @Nullable Process watch;

    ParentTie(Duration grace) {
        this.grace = grace;
    }

    synchronized void started(ProcessHandle child) {
        if (!tried) {
            tried = true;
            watch = start();
        }
        tell("+" + child.pid());
    }

    synchronized void ended(ProcessHandle child) {
        tell("-" + child.pid());
    }

    private void tell(String line) {
        Process program = watch;
        if (program == null) {
            return;
        }
        try {
            OutputStream input = program.getOutputStream();
            input.write((line + ";\n").getBytes(StandardCharsets.US_ASCII));
            input.flush();
        } catch (IOException e) {
            watch = null;
            LOG.warn("The program that ends local containers after a SIGKILL has gone itself: {}", e.getMessage());
        }
    }

    private @Nullable Process start() {
        try {
            return new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-Xmx16m",
                            "-cp",
                            classPath(),
                            OrphanWatch.class.getName(),
                            String.valueOf(grace.toMillis()))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException | URISyntaxException e) {
            LOG.warn("Local containers will outlive this process if it is killed by SIGKILL: {}", e.getMessage());
            return null;
        }
    }

    /** The place of this class first, since class loaders of notebooks and servers do not show it in the property. */
    private static String classPath() throws URISyntaxException {
        CodeSource source = ParentTie.class.getProtectionDomain().getCodeSource();
        List<String> paths =
                source == null || !"file".equals(source.getLocation().getProtocol())
                        ? List.of(System.getProperty("java.class.path"))
                        : List.of(Path.of(source.getLocation().toURI()).toString());
        return String.join(File.pathSeparator, paths);
    }

    /** Lets the program go, when no child is left. */
    @Override
    public synchronized void close() {
        Process program = watch;
        watch = null;
        tried = true;
        if (program == null) {
            return;
        }
        try {
            program.getOutputStream().close();
            if (!program.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("The program that watches local containers is still ending some.");
            }
        } catch (IOException e) {
            LOG.debug("The program that watches local containers has ended before: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

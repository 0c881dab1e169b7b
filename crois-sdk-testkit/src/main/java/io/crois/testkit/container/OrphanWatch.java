package io.crois.testkit.container;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A program that ends processes whose parent is gone, also when the parent was killed by SIGKILL. Its parent writes
 * {@code +<pid>} for each process it starts and {@code -<pid>} when that one has ended; the end of this input, which
 * the system brings about however the parent ends, is the sign. Then all that are left, and their descendants, get
 * SIGTERM, and SIGKILL after the grace time, whose milliseconds are the only argument.
 */
final class OrphanWatch {
    private OrphanWatch() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Duration grace = Duration.ofMillis(Long.parseLong(arguments[0]));
        Set<Long> left = new LinkedHashSet<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                note(line, left);
            }
        }
        end(left, grace);
    }

    /** The last line may have been cut short when its writer was killed; without its end it might name another pid. */
    private static void note(String line, Set<Long> left) {
        if (!line.endsWith(";")) {
            return;
        }
        long pid = Long.parseLong(line.substring(1, line.length() - 1));
        if (line.startsWith("+")) {
            left.add(pid);
        } else {
            left.remove(pid);
        }
    }

    private static void end(Set<Long> pids, Duration grace) throws InterruptedException {
        List<ProcessHandle> family = new ArrayList<>();
        pids.stream().map(ProcessHandle::of).flatMap(Optional::stream).forEach(process -> {
            process.descendants().forEach(family::add);
            family.add(process);
        });
        family.forEach(ProcessHandle::destroy);
        CompletableFuture<?> gone = CompletableFuture.allOf(
                family.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new));
        try {
            gone.get(grace.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException late) {
            family.forEach(ProcessHandle::destroyForcibly);
        }
    }
}

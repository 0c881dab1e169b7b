package io.crois.runtime.bundle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Runs a program of the build and takes what it prints. */
final class Tool {

    private Tool() {}

    static String run(List<String> command) throws IOException, InterruptedException {
        return run(command, Map.of());
    }

    /** Returns what it prints; fails with that when it ends with another code than 0. */
    static String run(List<String> command, Map<String, String> environment) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        if (code != 0) {
            throw new IOException("`" + command.get(0) + "` ended with " + code + ": " + printed);
        }
        return printed;
    }
}

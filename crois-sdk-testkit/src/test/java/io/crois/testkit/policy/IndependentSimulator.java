package io.crois.testkit.policy;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code @cloud-copilot/iam-simulate}, run by {@code .ci/simulate-policies.mjs}. */
final class IndependentSimulator {

    private static final String MISSING = "The simulator of policies is missing: `npm ci --prefix .ci` installs it.";

    private final Path checks;

    private IndependentSimulator(Path checks) {
        this.checks = checks;
    }

    /** Finds the simulator; without it the test is skipped. */
    static IndependentSimulator find() {
        Path checks = Path.of("").toAbsolutePath();
        while (checks != null && !Files.exists(checks.resolve(".ci/simulate-policies.mjs"))) {
            checks = checks.getParent();
        }
        assumeTrue(checks != null, MISSING);
        Path found = checks.resolve(".ci");
        assumeTrue(Files.isDirectory(found.resolve("node_modules/@cloud-copilot/iam-simulate")), MISSING);
        return new IndependentSimulator(found);
    }

    /** Returns a line for each case that the simulator decides otherwise. */
    List<String> disagreements(Path cases) throws IOException {
        Process node = new ProcessBuilder(
                        "node", checks.resolve("simulate-policies.mjs").toString(), cases.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            int exit = node.waitFor();
            List<String> lines = output.lines().toList();
            return exit == 0 ? List.of() : lines.isEmpty() ? List.of("The simulator ended with " + exit + ".") : lines;
        } catch (InterruptedException e) {
            node.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("The simulator was interrupted.", e);
        }
    }
}

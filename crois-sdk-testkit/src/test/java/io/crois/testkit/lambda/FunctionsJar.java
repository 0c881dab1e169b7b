package io.crois.testkit.lambda;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** The jar that AWS Lambda gets, as the build has made it. */
final class FunctionsJar {
    private static final Path JAR = Path.of("..", "crois-runtime", "target", "crois-runtime-functions.jar");

    private FunctionsJar() {}

    /** Returns the jar; a test without it is skipped. */
    static Path path() {
        Assumptions.assumeTrue(Files.exists(JAR), "The functions' jar is not there; `mvn package` makes it.");
        return JAR.toAbsolutePath().normalize();
    }
}

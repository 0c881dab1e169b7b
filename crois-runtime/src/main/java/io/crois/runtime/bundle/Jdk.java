package io.crois.runtime.bundle;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A JDK that a runtime can be taken from.
 *
 * @param version its feature release
 */
record Jdk(Path home, String name, int version) {
    /** The system property that names the JDK to take the runtime from. */
    private static final String PROPERTY = "crois.bundle.jdk";

    private static final Path INSTALLED = Path.of("/usr/lib/jvm");

    /**
     * Returns the JDK that the property names, else the newest Temurin that is installed, whose C library may be old,
     * else the one that runs this program.
     */
    static Jdk find() throws IOException {
        String given = System.getProperty(PROPERTY, "");
        if (!given.isBlank()) {
            return read(Path.of(given));
        }
        return installed().stream()
                .filter(jdk -> jdk.name().startsWith("Eclipse Adoptium"))
                .max(Comparator.comparing(Jdk::version))
                .orElseGet(() -> read(Path.of(System.getProperty("java.home"))));
    }

    private static List<Jdk> installed() throws IOException {
        if (!Files.isDirectory(INSTALLED)) {
            return List.of();
        }
        try (Stream<Path> homes = Files.list(INSTALLED)) {
            return homes.filter(home -> Files.isExecutable(home.resolve("bin/jlink")))
                    .map(Jdk::read)
                    .toList();
        }
    }

    private static Jdk read(Path home) {
        Properties release = new Properties();
        try (BufferedReader in = Files.newBufferedReader(home.resolve("release"))) {
            release.load(in);
        } catch (IOException e) {
            throw new NotPossible("`" + home + "` is no JDK.");
        }
        Path tool = home.resolve("bin/jlink");
        if (!Files.isExecutable(tool)) {
            throw new NotPossible("`" + tool + "` is missing; install a whole JDK.");
        }
        String version = text(release, "JAVA_VERSION");
        int feature = Integer.parseInt(version.split("[.+-]", 2)[0]);
        return new Jdk(home, text(release, "IMPLEMENTOR") + " " + version, feature);
    }

    private static String text(Properties release, String name) {
        return Objects.requireNonNullElse(release.getProperty(name), "0").replace("\"", "");
    }

    String tool(String name) {
        return home.resolve("bin").resolve(name).toString();
    }
}

package io.crois.samples.crafto;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The dataset that comes along with the sample. */
final class BundledDataset {
    private static final Path FILE = Path.of("data", "image-segments.csv");

    private BundledDataset() {}

    /** Looks beside the program, then below the working directory. */
    static Path file() {
        return Stream.of(program(), Path.of(""))
                .map(folder -> folder.resolve(FILE))
                .filter(Files::isRegularFile)
                .findFirst()
                .orElse(Path.of("samples", "crafto").resolve(FILE));
    }

    /** The folder of the sample: the jar and the compiled classes lie in its {@code target}. */
    private static Path program() {
        try {
            Path code = Path.of(Crafto.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return code.resolve("../..").normalize();
        } catch (URISyntaxException e) {
            return Path.of("");
        }
    }
}

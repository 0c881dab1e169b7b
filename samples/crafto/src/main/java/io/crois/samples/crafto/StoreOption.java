package io.crois.samples.crafto;

import io.crois.samples.crafto.step.Refusal;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where builds are kept; the same for all commands. */
final class StoreOption {
    @Option(
            names = "--store",
            paramLabel = "<folder>",
            defaultValue = "crafto-store",
            description = "Folder that keeps the builds, default ${DEFAULT-VALUE}")
    private Path folder = Path.of("crafto-store");

    /**
     * Returns the folder, which need not be there yet.
     *
     * @throws Refusal if it is something else
     */
    Path folder() {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new Refusal("Command line: `--store` must be a folder, but `" + folder + "` is a file.");
        }
        return folder.toAbsolutePath().normalize();
    }
}

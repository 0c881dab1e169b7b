package io.crois.testkit.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder of all scripted containers of this process: in memory where there is a tmpfs, gone with the process. */
final class ScratchFolder {

    private static final Path TMPFS = Path.of("/dev/shm");

    private ScratchFolder() {}

    /** Returns the folder. */
    static Path path() {
        return Holder.PATH;
    }

    /** Makes the folder when it is first needed. */
    private static final class Holder {

        private static final Path PATH = create();

        private static Path create() {
            try {
                String prefix = "crois-scripted-";
                Path folder = Files.isWritable(TMPFS)
                        ? Files.createTempDirectory(TMPFS, prefix)
                        : Files.createTempDirectory(prefix);
                folder.toFile().deleteOnExit();
                return folder;
            } catch (IOException e) {
                throw new UncheckedIOException("No folder could be made for scripted containers.", e);
            }
        }
    }
}

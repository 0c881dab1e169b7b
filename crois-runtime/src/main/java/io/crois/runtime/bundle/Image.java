package io.crois.runtime.bundle;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * The bundle as an OCI image with nothing else in it. Its command installs the bundle at {@code /crois}, or in the
 * folder that {@code install <folder>} names, and ends with 0.
 */
final class Image {
    private static final String NAME = "crois-agent";
    private static final String HOME = "/opt/crois/";
    private static final FilePermissions READABLE = FilePermissions.fromOctalString("644");
    private static final FilePermissions EXECUTABLE = FilePermissions.fromOctalString("755");

    private Image() {}

    /** Layers are never taken from an earlier build: they are known by the times of files, and these do not change. */
    static void write(Path home, Processor processor, Path tar) throws IOException, InterruptedException {
        FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName("agent");
        for (Path path : Bundle.content(home)) {
            boolean executable = Files.isDirectory(path) || Files.isExecutable(path);
            layer.addEntry(
                    path,
                    AbsoluteUnixPath.get(HOME + home.relativize(path)),
                    executable ? EXECUTABLE : READABLE,
                    Bundle.TIME.toInstant());
        }
        Path cache = Files.createTempDirectory(tar.getParent(), "layers-");
        try {
            var unused = Jib.fromScratch()
                    .setPlatforms(Set.of(new Platform(processor.oci(), "linux")))
                    .setFormat(ImageFormat.OCI)
                    .setCreationTime(Bundle.TIME.toInstant())
                    .addFileEntriesLayer(layer.build())
                    .setEntrypoint(HOME + "agent")
                    .setProgramArguments("install")
                    .containerize(Containerizer.to(TarImage.at(tar).named(NAME))
                            .setToolName("crois")
                            .setApplicationLayersCache(cache)
                            .setBaseImageLayersCache(cache));
        } catch (IOException | InterruptedException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("The image could not be made.", e);
        } finally {
            Bundle.delete(cache);
        }
    }
}

package io.crois.runtime.bundle;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/**
 * The bundle as a {@code tar.gz} that a machine of AWS Batch unpacks to {@code /crois}: owned by root, readable and
 * executable by all, with a place where any user may work.
 */
final class Archive {
    private static final int FOLDER = 0755;
    private static final int FOLDER_OF_ALL = 01777;
    private static final int EXECUTABLE = 0755;
    private static final int READABLE = 0644;

    private Archive() {}

    static void write(Path home, Path archive) throws IOException {
        GzipParameters fast = new GzipParameters();
        fast.setCompressionLevel(Deflater.DEFAULT_COMPRESSION);
        try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(archive));
                TarArchiveOutputStream tar = new TarArchiveOutputStream(new GzipCompressorOutputStream(file, fast))) {
            for (Path path : Bundle.content(home)) {
                if (!path.equals(home)) {
                    add(tar, path, home.relativize(path).toString());
                }
            }
            put(tar, "work/", FOLDER_OF_ALL, 0);
            tar.closeArchiveEntry();
        }
    }

    private static void add(TarArchiveOutputStream tar, Path path, String name) throws IOException {
        if (Files.isDirectory(path)) {
            put(tar, name + "/", FOLDER, 0);
        } else {
            put(tar, name, Files.isExecutable(path) ? EXECUTABLE : READABLE, Files.size(path));
            Files.copy(path, tar);
        }
        tar.closeArchiveEntry();
    }

    private static void put(TarArchiveOutputStream tar, String name, int mode, long bytes) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setMode(mode);
        entry.setSize(bytes);
        entry.setIds(0, 0);
        entry.setLastModifiedTime(Bundle.TIME);
        tar.putArchiveEntry(entry);
    }
}

package io.crois.runtime.bundle;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What the bundle was last made from: the class path of this program, the JDK, the first process. */
final class Fingerprint {
    private final Path file;
    private final String now;

    Fingerprint(Path file, Jdk jdk, Processor processor) throws IOException {
        this.file = file;
        this.now = digest(jdk, processor);
    }

    boolean isCurrent() throws IOException {
        return Files.exists(file) && Files.readString(file).equals(now);
    }

    void keep() throws IOException {
        Files.writeString(file, now);
    }

    private static String digest(Jdk jdk, Processor processor) throws IOException {
        MessageDigest digest = sha256();
        digest.update(jdk.toString().getBytes(StandardCharsets.UTF_8));
        try (InputStream in = processor.firstProcess().openStream()) {
            digest.update(in.readAllBytes());
        }
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry);
            digest.update(path.getFileName().toString().getBytes(StandardCharsets.UTF_8));
            if (Files.isDirectory(path)) {
                for (Path file : Bundle.content(path)) {
                    digest.update(Files.isRegularFile(file) ? Files.readAllBytes(file) : new byte[0]);
                }
            } else if (path.toString().contains("crois")) {
                digest.update(Files.readAllBytes(path));
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime offers SHA-256.", e);
        }
    }
}

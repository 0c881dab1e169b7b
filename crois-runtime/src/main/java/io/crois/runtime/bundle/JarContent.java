package io.crois.runtime.bundle;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The files on the class path of this program, by name; what several jars say about services is joined. */
final class JarContent {
    static final String SERVICES = "META-INF/services/";
    private static final String TESTS = "test-classes";

    private final SortedMap<String, byte[]> entries = new TreeMap<>();
    private final Predicate<String> needed;

    private JarContent(Predicate<String> needed) {
        this.needed = needed;
    }

    /**
     * Reads the class path, but for classes of tests.
     *
     * @param needed is asked about each name
     * @return the content by name; the caller may change the map
     */
    static SortedMap<String, byte[]> ofClassPath(Predicate<String> needed) throws IOException {
        JarContent content = new JarContent(needed);
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (!entry.endsWith(TESTS)) {
                content.addAll(Path.of(entry));
            }
        }
        return content.entries;
    }

    private void addAll(Path classes) throws IOException {
        if (Files.isDirectory(classes)) {
            addBelow(classes);
        } else if (classes.toString().endsWith(".jar")) {
            try (FileSystem jar = FileSystems.newFileSystem(classes)) {
                addBelow(jar.getPath("/"));
            }
        }
    }

    private void addBelow(Path root) throws IOException {
        for (Path path : Bundle.content(root)) {
            String name = root.relativize(path).toString();
            if (Files.isRegularFile(path) && needed.test(name)) {
                byte[] bytes = Files.readAllBytes(path);
                if (name.startsWith(SERVICES)) {
                    entries.merge(name, bytes, JarContent::joined);
                } else {
                    entries.putIfAbsent(name, bytes);
                }
            }
        }
    }

    private static byte[] joined(byte[] first, byte[] second) {
        try {
            ByteArrayOutputStream both = new ByteArrayOutputStream();
            both.write(first);
            both.write('\n');
            both.write(second);
            return both.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("Memory can be written.", e);
        }
    }

    /** Returns whether the name is that of a class of one of the packages. */
    static boolean isIn(Iterable<String> packages, String name) {
        for (String prefix : packages) {
            if (name.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    /** Returns the name of the service that a file tells about, with a dot at its end, or an empty text. */
    static String service(String name) {
        return name.startsWith(SERVICES) ? name.substring(SERVICES.length()) + "." : "";
    }
}

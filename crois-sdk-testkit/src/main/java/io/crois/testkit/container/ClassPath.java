package io.crois.testkit.container;

import java.io.File;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What another JVM needs in order to load a class that this one has loaded. */
final class ClassPath {

    private ClassPath() {}

    /** Returns the path as {@code java -cp} takes it, its entries absolute. */
    static String of(Class<?> type) {
        Set<String> entries = new LinkedHashSet<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            entries.add(Path.of(entry).toAbsolutePath().toString());
        }
        entries.add(home(type));
        for (ClassLoader loader = type.getClassLoader(); loader != null; loader = loader.getParent()) {
            if (loader instanceof URLClassLoader ofUrls) {
                for (URL url : ofUrls.getURLs()) {
                    String file = file(url);
                    if (file != null) {
                        entries.add(file);
                    }
                }
            }
        }
        return String.join(File.pathSeparator, entries);
    }

    private static String home(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        String home = source == null || source.getLocation() == null ? null : file(source.getLocation());
        if (home == null) {
            throw new IllegalArgumentException("Class `" + type.getName()
                    + "` lies in no jar and no folder, so that no process of its own can be started from it. Compile it, and put"
                    + " it on the class path.");
        }
        return home;
    }

    private static @Nullable String file(URL url) {
        try {
            URI uri = url.toURI();
            return "file".equals(uri.getScheme()) ? Path.of(uri).toString() : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }
}

package io.crois.runtime.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The C library of this machine: its loader, what the Java runtime needs of it, and the locale for UTF-8. */
final class CLibrary {
    /** The loader's name in the bundle is the same for all processors. */
    static final String LOADER = "ld.so";

    private static final Pattern LIBRARY = Pattern.compile("(?:=> )?(/\\S+) \\(0x");
    private static final Pattern IS_LOADER = Pattern.compile("ld-linux.*\\.so\\..*");

    /** Loaded by name when host names are looked up, so that no program tells that it needs them. */
    private static final List<String> LOOK_UP = List.of("libresolv.so.2", "libnss_dns.so.2", "libnss_files.so.2");

    private static final Path LOCALE = Path.of("/usr/lib/locale/C.utf8");
    private static final Path LOCALES = Path.of("/usr/lib/locale");

    private CLibrary() {}

    static void copy(Path runtime, Path home) throws IOException, InterruptedException {
        Path lib = Files.createDirectories(home.resolve("lib"));
        for (Path library : libraries(runtime)) {
            boolean loader = IS_LOADER.matcher(library.getFileName().toString()).matches();
            Files.copy(
                    library.toRealPath(),
                    lib.resolve(loader ? LOADER : library.getFileName().toString()));
        }
        if (!Files.exists(lib.resolve(LOADER))) {
            throw new NotPossible("this machine's C library is not glibc, which the Java runtime needs.");
        }
        copyLocale(home.resolve("locale"));
    }

    private static Set<Path> libraries(Path runtime) throws IOException, InterruptedException {
        Set<Path> libraries = new TreeSet<>();
        for (Path program : programs(runtime)) {
            Matcher library = LIBRARY.matcher(Tool.run(List.of("ldd", program.toString())));
            while (library.find()) {
                libraries.add(Path.of(library.group(1)));
            }
        }
        libraries.removeIf(library -> library.normalize().startsWith(runtime));
        libraries.stream()
                .filter(library -> library.endsWith("libc.so.6"))
                .findFirst()
                .ifPresent(libc -> LOOK_UP.stream()
                        .map(libc::resolveSibling)
                        .filter(Files::exists)
                        .forEach(libraries::add));
        return libraries;
    }

    private static List<Path> programs(Path runtime) throws IOException {
        try (Stream<Path> all = Stream.concat(
                Bundle.content(runtime.resolve("bin")).stream(), Bundle.content(runtime.resolve("lib")).stream())) {
            return all.filter(path -> path.toString().endsWith(".so") || path.endsWith("bin/java"))
                    .toList();
        }
    }

    private static void copyLocale(Path to) throws IOException {
        if (!Files.isDirectory(LOCALE)) {
            throw new NotPossible("`" + LOCALE + "`, the locale for UTF-8, is not installed.");
        }
        for (Path source : Bundle.content(LOCALE)) {
            Path target = to.resolve(LOCALES.relativize(source).toString());
            if (Files.isDirectory(source)) {
                Files.createDirectories(target);
            } else {
                Files.copy(source, target);
            }
        }
    }
}

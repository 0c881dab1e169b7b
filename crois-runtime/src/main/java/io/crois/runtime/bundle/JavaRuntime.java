package io.crois.runtime.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The Java runtime of the bundle: what the agent needs of a JDK and no more. */
final class JavaRuntime {
    private static final List<String> MODULES = List.of("java.base", "java.xml");

    /** The release since which elliptic curves are a part of java.base. */
    private static final int CURVES_IN_BASE = 22;

    private JavaRuntime() {}

    static void link(Jdk jdk, Path to) throws IOException, InterruptedException {
        List<String> modules = new ArrayList<>(MODULES);
        if (jdk.version() < CURVES_IN_BASE) {
            modules.add("jdk.crypto.ec");
        }
        Tool.run(List.of(
                jdk.tool("jlink"),
                "--add-modules",
                String.join(",", modules),
                "--strip-java-debug-attributes",
                "--no-header-files",
                "--no-man-pages",
                "--vm",
                "server",
                "--output",
                to.toString()));
        for (Path program : Bundle.content(to.resolve("bin"))) {
            if (Files.isRegularFile(program) && !program.endsWith("java")) {
                Files.delete(program);
            }
        }
    }
}

package io.crois.testkit.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.core.TreeNode;
import com.fasterxml.jackson.databind.JsonNode;
import io.crois.workflow.Workflow;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** The workflows, one for each construct, to which the compiler's own tests hold it; taken from their source. */
final class ConstructsOfSdk {
    private static final Path SOURCE = Path.of("../crois-sdk/src/test/java/io/crois/compile/Workflows.java");

    private ConstructsOfSdk() {}

    /**
     * Returns the workflows by name.
     *
     * @param classes an empty folder
     */
    static Map<String, Workflow> all(Path classes) throws IOException, ReflectiveOperationException {
        int end = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "-encoding",
                        "UTF-8",
                        "-cp",
                        classPath(),
                        "-d",
                        classes.toString(),
                        SOURCE.toString());
        assertThat(end).as("compiling %s", SOURCE).isZero();
        URL[] there = {classes.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(there, ConstructsOfSdk.class.getClassLoader())) {
            Method all = loader.loadClass("io.crois.compile.Workflows").getDeclaredMethod("all");
            all.setAccessible(true);
            Map<String, Workflow> found = new TreeMap<>();
            ((Map<?, ?>) all.invoke(null)).forEach((name, made) -> found.put((String) name, (Workflow) made));
            return found;
        }
    }

    /** The launcher of a test may keep the class path to itself. */
    private static String classPath() {
        return Stream.of(Workflow.class, JsonNode.class, TreeNode.class, JsonCreator.class, Nullable.class)
                .map(type ->
                        type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }
}

package io.crois.testkit.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A notebook's classes come from a loader of its own, which {@code java.class.path} does not tell of. */
final class ClassPathTest {
    @TempDir
    private Path folder;

    @Test
    void a_class_that_a_loader_of_its_own_has_found_starts_in_a_process() throws Exception {
        Path source = Files.writeString(folder.resolve("Greeting.java"), """
                public class Greeting {
                    public static void main(String[] arguments) {
                        System.out.print("hello " + arguments[0]);
                    }
                }
                """);
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, source.toString()))
                .isZero();
        Path elsewhere = Files.createDirectory(folder.resolve("else where"));
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {folder.toUri().toURL(), elsewhere.toUri().toURL(), new URL("https://example.org/a.jar")})) {
            List<String> command = new ArrayList<>(LocalProcessContainers.javaCommand(loader.loadClass("Greeting")));

            assertThat(command.get(2).split(File.pathSeparator))
                    .contains(folder.toString(), elsewhere.toString())
                    .noneMatch(entry -> entry.contains("example"))
                    .doesNotHaveDuplicates();
            command.add("there");
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            assertThat(process.getInputStream().readAllBytes()).asString().isEqualTo("hello there");
        }
    }

    @Test
    void a_class_that_lies_in_no_file_is_refused() throws Exception {
        Path source = Files.writeString(folder.resolve("Typed.java"), "public class Typed {}");
        ToolProvider.getSystemJavaCompiler().run(null, null, null, source.toString());
        byte[] bytes = Files.readAllBytes(folder.resolve("Typed.class"));
        Class<?> typed = new ClassLoader() {
            Class<?> define() {
                return defineClass("Typed", bytes, 0, bytes.length);
            }
        }.define();

        assertThatThrownBy(() -> LocalProcessContainers.javaCommand(typed))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Class `Typed` lies in no jar and no folder, so that no process of its own can be started from it. "
                                + "Compile it, and put it on the class path.");
    }
}

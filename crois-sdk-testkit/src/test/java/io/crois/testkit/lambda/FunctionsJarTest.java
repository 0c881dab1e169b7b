package io.crois.testkit.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FunctionsJarTest {
    private static final long LARGEST = 12L << 20;

    @Test
    void the_jar_has_at_most_12_MiB() throws IOException {
        assertThat(Files.size(FunctionsJar.path())).isLessThanOrEqualTo(LARGEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Prepare", "Store", "Route", "Status", "Reconcile", "Start", "Probe"})
    void every_function_is_made_from_the_jar_alone(String name) throws Exception {
        URL[] jar = {FunctionsJar.path().toUri().toURL()};

        try (URLClassLoader alone = new URLClassLoader(jar, ClassLoader.getPlatformClassLoader())) {
            Class<?> function = Class.forName("io.crois.runtime.lambda." + name + "Function", true, alone);

            assertThat(function.getInterfaces())
                    .extracting(Class::getName)
                    .containsExactly(RequestStreamHandler.class.getName());
            assertThat(function.getConstructor()).isNotNull();
        }
    }

    @Test
    void nothing_is_in_it_that_functions_do_not_need() throws IOException {
        try (JarFile jar = new JarFile(FunctionsJar.path().toFile())) {
            List<String> names = jar.stream().map(entry -> entry.getName()).toList();

            assertThat(names)
                    .noneMatch(name -> name.contains("netty") || name.startsWith("org/apache/"))
                    .noneMatch(name -> name.startsWith("org/immutables/") || name.contains("awssdk/crt/"))
                    .noneMatch(name -> name.startsWith("io/crois/runtime/agent/"))
                    .noneMatch(name -> name.contains("services/ecs/model/CreateCluster"))
                    .contains("software/amazon/awssdk/services/ecs/model/DescribeTasksRequest.class");
        }
    }

    @Test
    void json_is_logged_where_the_jar_runs_and_nowhere_else() throws IOException {
        String binding = "META-INF/services/org.slf4j.spi.SLF4JServiceProvider";
        try (JarFile jar = new JarFile(FunctionsJar.path().toFile())) {
            String provider =
                    new String(jar.getInputStream(jar.getEntry(binding)).readAllBytes()).strip();

            assertThat(provider).isEqualTo("io.crois.runtime.logging.JsonLogging");
        }
        assertThat(RequestStreamHandler.class.getClassLoader().resources(binding))
                .isNotEmpty()
                .allSatisfy(file -> {
                    try (var content = file.openStream()) {
                        assertThat(new String(content.readAllBytes())).doesNotContain("crois");
                    }
                });
    }
}

package io.crois.testkit;

import io.crois.execution.Execution;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each test a {@link CroisTestkit} of its own, and prints the timeline of its executions when it fails.
 *
 * <pre>{@code
 * @ExtendWith(CroisExtension.class)
 * final class TrainingTest {
 *     @Test
 *     void a_model_is_trained(CroisTestkit testkit) {
 *         assertThat(testkit.run(training, Arguments.none())).succeeded();
 *     }
 * }
 * }</pre>
 *
 * <p>To change what the testkit is built with, register it by hand: {@code @RegisterExtension CroisExtension crois =
 * CroisExtension.of(builder -> builder.project("demo"))}. Parameters of test methods, {@code @BeforeEach} and
 * {@code @AfterEach} methods get the same testkit. Works with JUnit 5 and JUnit 6, also when tests run in parallel.
 */
public final class CroisExtension implements BeforeEachCallback, AfterTestExecutionCallback, ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(CroisExtension.class);

    private final UnaryOperator<CroisTestkit.Builder> settings;

    /** Creates the extension for {@code @ExtendWith}; its testkits are those of {@link CroisTestkit#create()}. */
    public CroisExtension() {
        this(UnaryOperator.identity());
    }

    private CroisExtension(UnaryOperator<CroisTestkit.Builder> settings) {
        this.settings = settings;
    }

    /** Returns an extension for {@code @RegisterExtension} whose testkits are built with these settings. */
    public static CroisExtension of(UnaryOperator<CroisTestkit.Builder> settings) {
        return new CroisExtension(settings);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        store(context)
                .put(CroisTestkit.class, settings.apply(CroisTestkit.builder()).build());
    }

    /** Prints on standard error, where build tools keep it with the test. */
    @Override
    public void afterTestExecution(ExtensionContext context) {
        if (context.getExecutionException().isPresent()) {
            System.err.println(timelines(context.getDisplayName(), testkit(context)));
        }
    }

    private static String timelines(String test, CroisTestkit testkit) {
        List<Execution> executions = testkit.crois().executions().toList();
        return executions.isEmpty()
                ? "Test " + test + " failed before an execution was submitted."
                : executions.stream()
                        .map(ExecutionTimeline::of)
                        .collect(Collectors.joining("\n", "Test " + test + " failed.\n", ""));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == CroisTestkit.class
                && context.getTestMethod().isPresent();
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return testkit(context);
    }

    private static CroisTestkit testkit(ExtensionContext context) {
        CroisTestkit testkit = store(context).get(CroisTestkit.class, CroisTestkit.class);
        if (testkit == null) {
            throw new IllegalStateException(
                    "There is no testkit outside of a test. Take it in a test, `@BeforeEach` or `@AfterEach` method, not in a constructor.");
        }
        return testkit;
    }

    private static ExtensionContext.Store store(ExtensionContext context) {
        return context.getStore(NAMESPACE);
    }
}

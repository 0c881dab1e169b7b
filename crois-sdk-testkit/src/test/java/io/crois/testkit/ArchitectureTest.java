package io.crois.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the testkit, the runtime and the direction of the modules to the table in {@code docs/architecture.md}. */
final class ArchitectureTest {

    private static final String TESTKIT = "io.crois.testkit";
    private static final String RUNTIME = "io.crois.runtime";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.crois");

    private static final Map<String, Set<String>> MAY_KNOW = Map.of(
            "time", Set.of(),
            "policy", Set.of(),
            "engine", Set.of("time"),
            "container", Set.of("time"),
            "aws", Set.of("engine", "container", "time", "policy"));

    @Test
    void features_of_the_testkit_form_no_ring() {
        slices().matching("io.crois.testkit.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void the_doors_are_known_to_nobody_below_them() {
        noClasses()
                .that(are("in a feature", type -> !feature(type, TESTKIT).isEmpty()))
                .should()
                .dependOnClassesThat(
                        are("the doors", type -> type.getPackageName().equals(TESTKIT)))
                .check(CLASSES);
    }

    @ParameterizedTest
    @MethodSource("features")
    void a_feature_knows_only_those_that_the_table_names(String feature) {
        noClasses()
                .that(are("in " + feature, type -> feature(type, TESTKIT).equals(feature)))
                .should()
                .dependOnClassesThat(are("outside of " + MAY_KNOW.get(feature), type -> isForeign(type, feature)))
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @ParameterizedTest
    @MethodSource("features")
    void what_is_internal_is_used_by_its_own_feature_alone(String feature) {
        noClasses()
                .that(are(
                        "outside of " + feature, type -> !feature(type, TESTKIT).equals(feature)))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(TESTKIT + "." + feature + ".internal..")
                .check(CLASSES);
    }

    @Test
    void every_feature_stands_in_the_table() {
        assertThat(CLASSES.stream().map(type -> feature(type, TESTKIT)).filter(name -> !name.isEmpty()))
                .isNotEmpty()
                .isSubsetOf(MAY_KNOW.keySet());
    }

    @Test
    void agent_and_functions_do_not_know_each_other() {
        slices().matching("io.crois.runtime.(*)..")
                .should()
                .notDependOnEachOther()
                .check(CLASSES);
    }

    @Test
    void modules_depend_one_way_only() {
        noClasses()
                .that(are("in the runtime", type -> isIn(type, RUNTIME)))
                .should()
                .dependOnClassesThat(are("in the testkit", type -> isIn(type, TESTKIT)))
                .check(CLASSES);
        noClasses()
                .that(are("in the SDK", type -> !isIn(type, RUNTIME) && !isIn(type, TESTKIT)))
                .should()
                .dependOnClassesThat(are("above it", type -> isIn(type, RUNTIME) || isIn(type, TESTKIT)))
                .check(CLASSES);
    }

    private static Stream<String> features() {
        return MAY_KNOW.keySet().stream().sorted();
    }

    private static boolean isForeign(JavaClass type, String feature) {
        String other = feature(type, TESTKIT);
        return isIn(type, TESTKIT)
                && !other.equals(feature)
                && !MAY_KNOW.getOrDefault(feature, Set.of()).contains(other);
    }

    private static boolean isIn(JavaClass type, String root) {
        return type.getPackageName().equals(root) || type.getPackageName().startsWith(root + ".");
    }

    /** Returns the first package name below the root; empty for the root itself and for what lies elsewhere. */
    private static String feature(JavaClass type, String root) {
        String name = type.getPackageName();
        return name.startsWith(root + ".") ? name.substring(root.length() + 1).split("\\.", 2)[0] : "";
    }

    private static DescribedPredicate<JavaClass> are(String description, Predicate<JavaClass> test) {
        return DescribedPredicate.describe(description, test);
    }
}

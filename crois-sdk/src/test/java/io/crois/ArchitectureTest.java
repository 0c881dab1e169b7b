package io.crois;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the packages of this module to the table in {@code docs/architecture.md}. */
final class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.crois");

    private static final Map<String, Set<String>> MAY_KNOW = Map.ofEntries(
            Map.entry("workflow", Set.of("asl")),
            Map.entry("asl", Set.of()),
            Map.entry("contract", Set.of("workflow")),
            Map.entry("table", Set.of("contract", "wire")),
            Map.entry("wire", Set.of("contract", "workflow")),
            Map.entry("compile", Set.of("workflow", "asl", "contract")),
            Map.entry("execution", Set.of("compile", "contract", "table", "workflow")),
            Map.entry("project", Set.of("compile", "contract", "execution", "table", "workflow")),
            Map.entry("render", Set.of("contract", "execution", "workflow")),
            Map.entry("platform", Set.of("compile", "contract", "execution", "project", "workflow")),
            Map.entry("export", Set.of("contract", "execution", "project", "workflow")));

    @Test
    void features_form_no_ring() {
        slices().matching("io.crois.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "workflow",
                "asl",
                "contract",
                "table",
                "wire",
                "compile",
                "execution",
                "project",
                "render",
                "platform",
                "export"
            })
    void a_feature_knows_only_those_that_the_table_names(String feature) {
        noClasses()
                .that(are("in " + feature, type -> feature(type).equals(feature)))
                .should()
                .dependOnClassesThat(are(
                        "outside " + MAY_KNOW.get(feature),
                        type -> ours(type)
                                && !feature(type).equals(feature)
                                && !allowed(feature).contains(feature(type))))
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void every_feature_stands_in_the_table() {
        assertThat(CLASSES.stream().map(ArchitectureTest::feature).filter(name -> !name.isEmpty()))
                .isNotEmpty()
                .isSubsetOf(MAY_KNOW.keySet());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "workflow",
                "asl",
                "contract",
                "table",
                "wire",
                "compile",
                "execution",
                "project",
                "render",
                "platform",
                "export"
            })
    void what_is_internal_is_used_by_its_own_feature_alone(String feature) {
        noClasses()
                .that(are("outside " + feature, type -> !feature(type).equals(feature)))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.crois." + feature + ".internal..")
                .check(CLASSES);
    }

    private static Set<String> allowed(String feature) {
        return MAY_KNOW.getOrDefault(feature, Set.of());
    }

    private static boolean ours(JavaClass type) {
        return type.getPackageName().equals("io.crois") || type.getPackageName().startsWith("io.crois.");
    }

    /** Returns the first package name below {@code io.crois}, empty for {@code io.crois} itself. */
    private static String feature(JavaClass type) {
        String[] names = type.getPackageName().split("\\.", -1);
        return names.length > 2 ? names[2] : "";
    }

    private static DescribedPredicate<JavaClass> are(String description, java.util.function.Predicate<JavaClass> test) {
        return DescribedPredicate.describe(description, test);
    }
}

package io.crois.asl;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.crois.asl", importOptions = ImportOption.DoNotIncludeTests.class)
final class DependencyTest {
    @ArchTest
    static final ArchRule THE_LANGUAGE_NEEDS_ONLY_THE_JDK_JACKSON_AND_JSPECIFY = classes()
            .that()
            .resideInAPackage("io.crois.asl..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("io.crois.asl..", "java..", "com.fasterxml.jackson..", "org.jspecify..");
}

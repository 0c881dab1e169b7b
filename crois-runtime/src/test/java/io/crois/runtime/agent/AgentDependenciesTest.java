package io.crois.runtime.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.crois.contract.Json;
import io.crois.wire.Records;
import org.junit.jupiter.api.Test;

/** The bundle leaves out what takes long to start: the AWS SDK, and JSON of records by reflection. */
final class AgentDependenciesTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.crois.runtime.agent", "io.crois.wire");

    @Test
    void the_program_needs_no_class_of_the_sdk() {
        noClasses()
                .that()
                .haveSimpleNameNotStartingWith("Sdk")
                .and()
                .doNotHaveFullyQualifiedName("io.crois.runtime.agent.aws.AgentServices")
                .and()
                .doNotHaveFullyQualifiedName("io.crois.runtime.agent.Agent")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("software.amazon..")
                .check(CLASSES);
    }

    @Test
    void the_program_needs_no_mapper() {
        noClasses()
                .that()
                .doNotBelongToAnyOf(Records.class)
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Json.class, ObjectMapper.class)
                .check(CLASSES);
        noClasses().should().dependOnClassesThat().belongToAnyOf(Records.class).check(CLASSES);
    }
}

package io.crois.testkit.engine.internal.service;

import io.crois.asl.AslFormatException;
import io.crois.asl.DefinitionValidator;
import io.crois.asl.Diagnostic;
import io.crois.asl.MachineType;
import io.crois.asl.StateMachine;
import io.crois.asl.VariableReferences;
import io.crois.testkit.engine.internal.Ids;
import io.crois.testkit.engine.internal.Planner;
import io.crois.testkit.engine.internal.Surroundings;
import io.crois.testkit.engine.internal.service.Arns.MachineArn;
import io.crois.testkit.engine.internal.service.Machine.Revision;
import io.crois.testkit.engine.internal.service.Machine.Version;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.CreateStateMachineRequest;
import software.amazon.awssdk.services.sfn.model.CreateStateMachineResponse;
import software.amazon.awssdk.services.sfn.model.DeleteStateMachineRequest;
import software.amazon.awssdk.services.sfn.model.DeleteStateMachineResponse;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineRequest;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineResponse;
import software.amazon.awssdk.services.sfn.model.ListStateMachinesRequest;
import software.amazon.awssdk.services.sfn.model.ListStateMachinesResponse;
import software.amazon.awssdk.services.sfn.model.StateMachineListItem;
import software.amazon.awssdk.services.sfn.model.StateMachineStatus;
import software.amazon.awssdk.services.sfn.model.StateMachineType;
import software.amazon.awssdk.services.sfn.model.UpdateStateMachineRequest;
import software.amazon.awssdk.services.sfn.model.UpdateStateMachineResponse;
import software.amazon.awssdk.services.sfn.model.ValidateStateMachineDefinitionDiagnostic;
import software.amazon.awssdk.services.sfn.model.ValidateStateMachineDefinitionRequest;
import software.amazon.awssdk.services.sfn.model.ValidateStateMachineDefinitionResponse;
import software.amazon.awssdk.services.sfn.model.ValidateStateMachineDefinitionResultCode;

/** Creates, changes and describes state machines. Used on the event loop only. */
public final class Machines {

    private final Surroundings surroundings;
    private final Planner planner;
    private final Arns arns;
    private final Map<String, Machine> machines = new LinkedHashMap<>();

    Machines(Surroundings surroundings, Planner planner, Arns arns) {
        this.surroundings = surroundings;
        this.planner = planner;
        this.arns = arns;
    }

    CreateStateMachineResponse create(CreateStateMachineRequest request) {
        String arn = arns.machine(Arns.requireName(request.name()));
        if (request.roleArn() == null) {
            throw Refusal.validation(
                    "1 validation error detected: Value null at 'roleArn' failed to satisfy constraint: "
                            + "Member must not be null");
        }
        if (!Boolean.TRUE.equals(request.publish()) && request.versionDescription() != null) {
            throw Refusal.validation("Version description can only be set when publish is true");
        }
        StateMachineType type = request.type() == null ? StateMachineType.STANDARD : request.type();
        Revision revision = revision(request, type);
        Machine existing = machines.get(arn);
        if (existing != null) {
            requireSame(existing, revision, type);
        }
        Machine machine = existing != null ? existing : new Machine(arn, request, revision, now());
        machines.put(arn, machine);
        CreateStateMachineResponse.Builder response =
                CreateStateMachineResponse.builder().stateMachineArn(arn).creationDate(machine.creationDate());
        if (Boolean.TRUE.equals(request.publish())) {
            response.stateMachineVersionArn(
                    machine.publish(request.versionDescription(), now()).arn());
        }
        return response.build();
    }

    private Revision revision(CreateStateMachineRequest request, StateMachineType type) {
        StateMachine machine = read(request.definition(), type);
        return new Revision(
                null,
                request.definition(),
                machine,
                planner.plan(machine),
                request.roleArn(),
                request.loggingConfiguration(),
                request.tracingConfiguration(),
                request.encryptionConfiguration(),
                now());
    }

    private static void requireSame(Machine existing, Revision revision, StateMachineType type) {
        Revision current = existing.current();
        boolean same = existing.type() == type
                && current.definition().equals(revision.definition())
                && Objects.equals(current.logging(), revision.logging())
                && Objects.equals(current.tracing(), revision.tracing())
                && Objects.equals(current.encryption(), revision.encryption());
        if (!same) {
            throw Refusal.machineExists(existing.arn());
        }
    }

    UpdateStateMachineResponse update(UpdateStateMachineRequest request) {
        Machine machine = require(request.stateMachineArn());
        if (request.definition() == null
                && request.roleArn() == null
                && request.loggingConfiguration() == null
                && request.tracingConfiguration() == null
                && request.encryptionConfiguration() == null) {
            throw Refusal.missing("Either the definition, the role ARN, the LoggingConfiguration, the "
                    + "TracingConfiguration or the EncryptionConfiguration must be specified");
        }
        Revision updated = updated(machine, request);
        machine.update(updated);
        UpdateStateMachineResponse.Builder response =
                UpdateStateMachineResponse.builder().updateDate(updated.date()).revisionId(updated.id());
        if (Boolean.TRUE.equals(request.publish())) {
            response.stateMachineVersionArn(
                    machine.publish(request.versionDescription(), now()).arn());
        }
        return response.build();
    }

    private Revision updated(Machine machine, UpdateStateMachineRequest request) {
        Revision old = machine.current();
        String definition = request.definition() == null ? old.definition() : request.definition();
        StateMachine read = request.definition() == null ? old.machine() : read(definition, machine.type());
        return new Revision(
                Ids.uuid(surroundings.random()),
                definition,
                read,
                request.definition() == null ? old.plan() : planner.plan(read),
                request.roleArn() == null ? old.roleArn() : request.roleArn(),
                request.loggingConfiguration() == null ? old.logging() : request.loggingConfiguration(),
                request.tracingConfiguration() == null ? old.tracing() : request.tracingConfiguration(),
                request.encryptionConfiguration() == null ? old.encryption() : request.encryptionConfiguration(),
                now());
    }

    /** Reads a definition; refuses one with errors. */
    StateMachine read(@Nullable String definition, StateMachineType type) {
        if (definition == null || definition.isEmpty()) {
            throw Refusal.validation("1 validation error detected: Value at 'definition' failed to satisfy constraint: "
                    + "Member must have length greater than or equal to 1");
        }
        if (definition.getBytes(StandardCharsets.UTF_8).length
                > surroundings.limits().definitionBytes()) {
            throw Refusal.validation("1 validation error detected: Value at 'definition' failed to satisfy constraint: "
                    + "Member must have length less than or equal to "
                    + surroundings.limits().definitionBytes());
        }
        String problems = diagnostics(definition, type).stream()
                .filter(found -> found.severity() == Diagnostic.Severity.ERROR)
                .map(Diagnostic::describe)
                .collect(Collectors.joining(", "));
        if (!problems.isEmpty()) {
            throw Refusal.definition(problems);
        }
        try {
            return StateMachine.parse(definition);
        } catch (AslFormatException e) {
            throw Refusal.definition("SCHEMA_VALIDATION_FAILED: " + e.getMessage());
        }
    }

    private static List<Diagnostic> diagnostics(String definition, StateMachineType type) {
        return DefinitionValidator.of(type == StateMachineType.EXPRESS ? MachineType.EXPRESS : MachineType.STANDARD)
                .validate(definition);
    }

    ValidateStateMachineDefinitionResponse validate(ValidateStateMachineDefinitionRequest request) {
        if (request.definition() == null) {
            throw Refusal.validation("1 validation error detected: Value null at 'definition' failed to satisfy"
                    + " constraint: Member must not be null");
        }
        List<Diagnostic> found =
                diagnostics(request.definition(), request.type() == null ? StateMachineType.STANDARD : request.type());
        boolean withWarnings = "WARNING".equals(request.severityAsString());
        List<Diagnostic> wanted = found.stream()
                .filter(diagnostic -> withWarnings || diagnostic.severity() == Diagnostic.Severity.ERROR)
                .toList();
        int most = request.maxResults() == null || request.maxResults() == 0 ? 100 : request.maxResults();
        boolean refused = found.stream().anyMatch(one -> one.severity() == Diagnostic.Severity.ERROR);
        return ValidateStateMachineDefinitionResponse.builder()
                .result(
                        refused
                                ? ValidateStateMachineDefinitionResultCode.FAIL
                                : ValidateStateMachineDefinitionResultCode.OK)
                .diagnostics(wanted.stream().limit(most).map(Machines::written).toList())
                .truncated(wanted.size() > most)
                .build();
    }

    private static ValidateStateMachineDefinitionDiagnostic written(Diagnostic diagnostic) {
        return ValidateStateMachineDefinitionDiagnostic.builder()
                .severity(diagnostic.severity().name())
                .code(diagnostic.code())
                .message(diagnostic.message())
                .location(diagnostic.location().orElse(null))
                .build();
    }

    DescribeStateMachineResponse describe(DescribeStateMachineRequest request) {
        MachineArn arn = Arns.parseMachine(request.stateMachineArn());
        Machine machine = require(arn.machine());
        Version version = arn.qualifier() == null ? null : version(machine, arn.qualifier());
        Revision revision = version == null ? machine.current() : version.revision();
        return describe(machine, revision)
                .stateMachineArn(request.stateMachineArn())
                .description(version == null ? null : version.description())
                .creationDate(version == null ? machine.creationDate() : version.creationDate())
                .build();
    }

    static DescribeStateMachineResponse.Builder describe(Machine machine, Revision revision) {
        Map<String, List<String>> references = VariableReferences.of(revision.machine());
        return DescribeStateMachineResponse.builder()
                .name(machine.name())
                .status(StateMachineStatus.ACTIVE)
                .definition(revision.definition())
                .roleArn(revision.roleArn())
                .type(machine.type())
                .loggingConfiguration(revision.logging())
                .tracingConfiguration(revision.tracing())
                .encryptionConfiguration(revision.encryption())
                .revisionId(revision.id())
                .variableReferences(references.isEmpty() ? null : references);
    }

    private static Version version(Machine machine, String qualifier) {
        return machine.versions().values().stream()
                .filter(version -> String.valueOf(version.number()).equals(qualifier))
                .findFirst()
                .orElseThrow(() -> Refusal.noMachine(machine.arn() + ":" + qualifier));
    }

    DeleteStateMachineResponse delete(DeleteStateMachineRequest request) {
        machines.remove(Arns.parseMachine(request.stateMachineArn()).machine());
        return DeleteStateMachineResponse.builder().build();
    }

    ListStateMachinesResponse list(ListStateMachinesRequest request) {
        Page<Machine> page = Page.of(List.copyOf(machines.values()), request.nextToken(), request.maxResults());
        return ListStateMachinesResponse.builder()
                .stateMachines(page.items().stream().map(Machines::listed).toList())
                .nextToken(page.next())
                .build();
    }

    private static StateMachineListItem listed(Machine machine) {
        return StateMachineListItem.builder()
                .stateMachineArn(machine.arn())
                .name(machine.name())
                .type(machine.type())
                .creationDate(machine.creationDate())
                .build();
    }

    /** Returns a machine by its ARN without version or alias. */
    Machine require(@Nullable String arn) {
        Machine machine = machines.get(Arns.parseMachine(arn).machine());
        if (machine == null) {
            throw Refusal.noMachine(String.valueOf(arn));
        }
        return machine;
    }

    /** Returns a machine by its ARN, {@code null} when it was deleted. */
    @Nullable
    Machine find(String arn) {
        return machines.get(arn);
    }

    private Instant now() {
        return surroundings.loop().now();
    }
}

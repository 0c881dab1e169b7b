package io.crois.testkit.engine.internal.service;

import io.crois.asl.AslFormatException;
import io.crois.asl.DefinitionValidator;
import io.crois.asl.Diagnostic;
import io.crois.asl.MachineType;
import io.crois.asl.StateMachine;
import io.crois.asl.VariableReferences;
import io.crois.testkit.engine.internal.Execution;
import io.crois.testkit.engine.internal.Ids;
import io.crois.testkit.engine.internal.Planner;
import io.crois.testkit.engine.internal.Surroundings;
import io.crois.testkit.engine.internal.service.Arns.MachineArn;
import io.crois.testkit.engine.internal.service.Machine.Revision;
import io.crois.testkit.engine.internal.service.Machine.Version;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.CreateStateMachineRequest;
import software.amazon.awssdk.services.sfn.model.CreateStateMachineResponse;
import software.amazon.awssdk.services.sfn.model.DeleteStateMachineRequest;
import software.amazon.awssdk.services.sfn.model.DeleteStateMachineResponse;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineRequest;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineResponse;
import software.amazon.awssdk.services.sfn.model.IncludedData;
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
        requireDescribed(request.publish(), request.versionDescription());
        StateMachineType type = request.type() == null ? StateMachineType.STANDARD : request.type();
        Revision revision = revision(request, type);
        Machine existing = machines.get(arn);
        if (existing != null) {
            requireSame(existing, request, revision, type);
        }
        Machine machine = existing != null ? existing : new Machine(arn, request, revision, now());
        machines.put(arn, machine);
        CreateStateMachineResponse.Builder response =
                CreateStateMachineResponse.builder().stateMachineArn(arn).creationDate(machine.creationDate());
        if (Boolean.TRUE.equals(request.publish())) {
            Version published = existing == null ? null : existing.firstVersion();
            response.stateMachineVersionArn(
                    (published == null ? machine.publish(request.versionDescription(), now()) : published).arn());
        }
        return response.build();
    }

    /** A second request to create a machine is the same with what its first version was published with. */
    private static void requireSame(
            Machine existing, CreateStateMachineRequest request, Revision revision, StateMachineType type) {
        requireKept(existing);
        boolean isPublished = Boolean.TRUE.equals(request.publish());
        Version first = existing.firstVersion();
        if (existing.type() != type || !isSame(existing.current(), revision) || isPublished && first == null) {
            throw Refusal.machineExists(existing.arn());
        }
        if (first != null && !isPublished) {
            throw Refusal.createdPublished("");
        }
        if (first != null && !Objects.equals(first.description(), request.versionDescription())) {
            throw Refusal.createdPublished(" using a different description");
        }
    }

    private Revision revision(CreateStateMachineRequest request, StateMachineType type) {
        StateMachine machine = read(request.definition(), type);
        return new Revision(
                null,
                request.definition(),
                machine,
                planner.plan(machine),
                request.roleArn(),
                Configurations.logging(request.loggingConfiguration()),
                Configurations.tracing(request.tracingConfiguration()),
                Configurations.encryption(request.encryptionConfiguration()),
                now());
    }

    /** Another role does not make a second request to create a machine a different one. */
    private static boolean isSame(Revision current, Revision wanted) {
        return current.definition().equals(wanted.definition())
                && current.logging().equals(wanted.logging())
                && current.tracing().equals(wanted.tracing())
                && Objects.equals(current.encryption(), wanted.encryption());
    }

    private static void requireDescribed(@Nullable Boolean publish, @Nullable String description) {
        if (!Boolean.TRUE.equals(publish) && description != null) {
            throw Refusal.validation("Version description can only be set when publish is true");
        }
    }

    UpdateStateMachineResponse update(UpdateStateMachineRequest request) {
        Machine machine = requireUnqualified(request.stateMachineArn());
        requireKept(machine);
        if (!Boolean.TRUE.equals(request.publish())
                && request.definition() == null
                && request.roleArn() == null
                && request.loggingConfiguration() == null
                && request.tracingConfiguration() == null
                && request.encryptionConfiguration() == null) {
            throw Refusal.missing("Either the definition, the role ARN, the LoggingConfiguration, or the "
                    + "TracingConfiguration must be specified");
        }
        requireDescribed(request.publish(), request.versionDescription());
        Revision updated = updated(machine, request);
        if (!updated.isSameAs(machine.current())) {
            machine.update(updated);
        }
        UpdateStateMachineResponse.Builder response = UpdateStateMachineResponse.builder()
                .updateDate(machine.current().date())
                .revisionId(machine.current().id());
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
                request.loggingConfiguration() == null
                        ? old.logging()
                        : Configurations.logging(request.loggingConfiguration()),
                request.tracingConfiguration() == null
                        ? old.tracing()
                        : Configurations.tracing(request.tracingConfiguration()),
                request.encryptionConfiguration() == null
                        ? old.encryption()
                        : Configurations.encryption(request.encryptionConfiguration()),
                now());
    }

    /** Reads a definition; refuses one with errors. */
    StateMachine read(String definition, StateMachineType type) {
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
        MachineArn arn = Arns.parseLabeled(request.stateMachineArn());
        Machine machine = machines.get(arn.machine());
        if (machine == null) {
            throw arn.isVersion()
                    ? Refusal.noVersion(request.stateMachineArn())
                    : Refusal.noMachine(request.stateMachineArn());
        }
        Version version = arn.qualifier() == null ? null : version(machine, arn.qualifier());
        Revision revision = version == null ? machine.current() : version.revision();
        boolean withDefinition = request.includedData() != IncludedData.METADATA_ONLY;
        return describe(machine, revision, withDefinition)
                .stateMachineArn(request.stateMachineArn())
                .label(arn.label())
                .description(version == null ? null : version.description())
                .creationDate(version == null ? machine.creationDate() : version.creationDate())
                .build();
    }

    private static DescribeStateMachineResponse.Builder describe(
            Machine machine, Revision revision, boolean withDefinition) {
        Map<String, List<String>> references = withDefinition ? VariableReferences.of(revision.machine()) : Map.of();
        return DescribeStateMachineResponse.builder()
                .name(machine.name())
                .status(machine.isDeleting() ? StateMachineStatus.DELETING : StateMachineStatus.ACTIVE)
                .definition(withDefinition ? revision.definition() : null)
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
                .orElseThrow(() -> Arns.isVersion(qualifier)
                        ? Refusal.noVersion(machine.arn() + ":" + qualifier)
                        : Refusal.noMachine(machine.arn() + ":" + qualifier));
    }

    DeleteStateMachineResponse delete(DeleteStateMachineRequest request) {
        MachineArn arn = Arns.parseMachine(request.stateMachineArn());
        Machine machine = machines.get(arn.machine());
        if (arn.qualifier() == null && machine != null) {
            Set<Execution> running = Collections.newSetFromMap(new IdentityHashMap<>());
            surroundings.directory().executions().stream()
                    .filter(execution -> execution.stopDate() == null && isOf(execution, machine))
                    .forEach(running::add);
            machine.delete();
            removeUnused(machine, running);
            List.copyOf(running).forEach(execution -> {
                execution.doom();
                execution.whenEnded(ended -> {
                    running.remove(ended);
                    removeUnused(machine, running);
                });
            });
        }
        return DeleteStateMachineResponse.builder().build();
    }

    /** A machine that is deleted stays until none of its executions runs. */
    private void removeUnused(Machine machine, Set<Execution> running) {
        if (running.isEmpty()) {
            machines.remove(machine.arn(), machine);
        }
    }

    /** Children of a distributed Map run the machine too, under its ARN with a label. */
    private static boolean isOf(Execution execution, Machine machine) {
        String arn = execution.identity().stateMachineArn();
        return arn.equals(machine.arn()) || arn.startsWith(machine.arn() + "/");
    }

    /** Refuses to change or start what is being deleted. */
    static void requireKept(Machine machine) {
        if (machine.isDeleting()) {
            throw Refusal.machineDeleting(machine.arn());
        }
    }

    ListStateMachinesResponse list(ListStateMachinesRequest request) {
        List<Machine> byName = machines.values().stream()
                .sorted(Comparator.comparing(Machine::name))
                .toList();
        Page<Machine> page = Page.of(byName, request.nextToken(), request.maxResults());
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

    /** Returns a machine by its own ARN; that of a version or an alias means none. */
    Machine requireUnqualified(@Nullable String arn) {
        if (Arns.parseMachine(arn).qualifier() != null) {
            throw Refusal.noMachine(String.valueOf(arn));
        }
        return require(arn);
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

package io.crois.testkit.engine.internal.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.crois.asl.VariableReferences;
import io.crois.testkit.engine.internal.Execution;
import io.crois.testkit.engine.internal.ExecutionIdentity;
import io.crois.testkit.engine.internal.Ids;
import io.crois.testkit.engine.internal.MapRun;
import io.crois.testkit.engine.internal.Surroundings;
import io.crois.testkit.engine.internal.history.History;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionRequest;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineForExecutionRequest;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineForExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionRedriveFilter;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.GetExecutionHistoryRequest;
import software.amazon.awssdk.services.sfn.model.GetExecutionHistoryResponse;
import software.amazon.awssdk.services.sfn.model.IncludedData;
import software.amazon.awssdk.services.sfn.model.ListExecutionsRequest;
import software.amazon.awssdk.services.sfn.model.ListExecutionsResponse;
import software.amazon.awssdk.services.sfn.model.SfnException;
import software.amazon.awssdk.services.sfn.model.StartExecutionRequest;
import software.amazon.awssdk.services.sfn.model.StartExecutionResponse;
import software.amazon.awssdk.services.sfn.model.StartSyncExecutionRequest;
import software.amazon.awssdk.services.sfn.model.StateMachineType;
import software.amazon.awssdk.services.sfn.model.StopExecutionRequest;
import software.amazon.awssdk.services.sfn.model.StopExecutionResponse;

/** Starts, stops and describes executions. Used on the event loop only. */
public final class Executions {

    private final Surroundings surroundings;
    private final Targets targets;
    private final Arns arns;
    private final Map<String, Machine.Revision> revisions = new HashMap<>();
    private final Map<String, String> traceHeaders = new HashMap<>();

    Executions(Surroundings surroundings, Targets targets, Arns arns) {
        this.surroundings = surroundings;
        this.targets = targets;
        this.arns = arns;
    }

    StartExecutionResponse start(StartExecutionRequest request) {
        Execution execution = begin(request.stateMachineArn(), request.name(), request.input());
        trace(execution, request.traceHeader());
        return StartExecutionResponse.builder()
                .executionArn(execution.identity().arn())
                .startDate(execution.identity().startDate())
                .build();
    }

    /** Starts an execution of an Express machine that somebody waits for. */
    Execution startExpress(StartSyncExecutionRequest request) {
        if (targets.find(request.stateMachineArn()).machine().type() != StateMachineType.EXPRESS) {
            throw unsupportedType();
        }
        return begin(request.stateMachineArn(), request.name(), request.input());
    }

    private static SfnException unsupportedType() {
        return Refusal.machineType("This operation is not supported by this type of state machine");
    }

    private void trace(Execution execution, @Nullable String header) {
        if (header != null) {
            traceHeaders.put(execution.identity().arn(), header);
        }
    }

    /** Starts an execution, or returns the one of the same name when it runs with the same input. */
    Execution begin(@Nullable String machineArn, @Nullable String wantedName, @Nullable String inputText) {
        Target target = targets.find(machineArn);
        String name = wantedName == null ? Ids.uuid(surroundings.random()) : Arns.requireName(wantedName);
        String text = inputText == null ? "{}" : inputText;
        JsonNode input = input(text);
        Machine machine = target.machine();
        boolean isExpress = machine.type() == StateMachineType.EXPRESS;
        String arn = isExpress
                ? arns.express(machine.name(), name, Ids.uuid(surroundings.random()))
                : arns.execution(machine.name(), name);
        Execution existing = surroundings.directory().execution(arn);
        if (existing != null) {
            return same(existing, input);
        }
        Machines.requireKept(machine);
        ExecutionIdentity identity = new ExecutionIdentity(
                arn,
                name,
                machine.arn(),
                machine.name(),
                target.revision().roleArn(),
                input,
                text,
                surroundings.loop().now(),
                target.versionArn(),
                target.aliasArn(),
                null);
        Execution execution = new Execution(identity, target.revision().plan(), surroundings);
        surroundings.directory().add(execution);
        revisions.put(arn, target.revision());
        execution.start();
        return execution;
    }

    private static Execution same(Execution existing, JsonNode input) {
        if (existing.stopDate() == null && existing.identity().input().equals(input)) {
            return existing;
        }
        throw Refusal.executionExists(existing.identity().arn());
    }

    private JsonNode input(String text) {
        if (text.isBlank()) {
            throw Refusal.input("Invalid execution input.");
        }
        if (text.getBytes(StandardCharsets.UTF_8).length > surroundings.limits().payloadBytes()) {
            throw Refusal.validation("1 validation error detected: Value at 'input' failed to satisfy constraint: "
                    + "Member must have length less than or equal to "
                    + surroundings.limits().payloadBytes());
        }
        try {
            return Json.read(text);
        } catch (JsonProcessingException e) {
            throw Refusal.input(e.getOriginalMessage());
        }
    }

    DescribeExecutionResponse describe(DescribeExecutionRequest request) {
        Execution execution = requireStandard(request.executionArn());
        return Descriptions.describe(
                        execution,
                        Redrives.obstacle(execution, surroundings),
                        request.includedData() != IncludedData.METADATA_ONLY)
                .toBuilder()
                .traceHeader(traceHeaders.get(execution.identity().arn()))
                .build();
    }

    DescribeStateMachineForExecutionResponse describeMachine(DescribeStateMachineForExecutionRequest request) {
        ExecutionIdentity identity = requireStandard(request.executionArn()).identity();
        Machine.Revision revision = revision(identity);
        boolean withDefinition = request.includedData() != IncludedData.METADATA_ONLY;
        return DescribeStateMachineForExecutionResponse.builder()
                .stateMachineArn(identity.stateMachineArn())
                .name(identity.stateMachineName().split("/", 2)[0])
                .definition(withDefinition ? revision.definition() : null)
                .roleArn(identity.roleArn())
                .updateDate(revision.date())
                .revisionId(revision.id())
                .loggingConfiguration(revision.logging())
                .tracingConfiguration(revision.tracing())
                .encryptionConfiguration(revision.encryption())
                .variableReferences(withDefinition ? references(revision) : null)
                .mapRunArn(identity.mapRunArn())
                .label(label(identity))
                .build();
    }

    private static @Nullable Map<String, List<String>> references(Machine.Revision revision) {
        Map<String, List<String>> references = VariableReferences.of(revision.machine());
        return references.isEmpty() ? null : references;
    }

    /** Returns what the execution runs, whatever has become of its machine; a child runs the Map's processor. */
    private Machine.Revision revision(ExecutionIdentity identity) {
        if (identity.mapRunArn() == null) {
            return Objects.requireNonNull(revisions.get(identity.arn()));
        }
        MapRun run = run(identity.mapRunArn());
        return revision(run.parent()).of(run.processor());
    }

    private MapRun run(String arn) {
        return Objects.requireNonNull(surroundings.directory().mapRun(arn));
    }

    private static @Nullable String label(ExecutionIdentity identity) {
        int slash = identity.stateMachineArn().indexOf('/');
        return identity.mapRunArn() == null || slash < 0
                ? null
                : identity.stateMachineArn().substring(slash + 1);
    }

    StopExecutionResponse stop(StopExecutionRequest request) {
        Execution execution = requireStandard(request.executionArn());
        execution.stop(request.error(), request.cause());
        return StopExecutionResponse.builder().stopDate(execution.stopDate()).build();
    }

    GetExecutionHistoryResponse history(GetExecutionHistoryRequest request) {
        History history = requireStandard(request.executionArn()).history();
        List<Integer> ids =
                new ArrayList<>(IntStream.rangeClosed(1, history.size()).boxed().toList());
        if (Boolean.TRUE.equals(request.reverseOrder())) {
            Collections.reverse(ids);
        }
        boolean withData = !Boolean.FALSE.equals(request.includeExecutionData());
        Page<Integer> page = Page.of(ids, request.nextToken(), request.maxResults());
        return GetExecutionHistoryResponse.builder()
                .events(page.items().stream()
                        .map(id -> history.event(id, withData))
                        .toList())
                .nextToken(page.next())
                .build();
    }

    ListExecutionsResponse list(ListExecutionsRequest request) {
        Predicate<Execution> wanted = wanted(request);
        List<Execution> found = new ArrayList<>(
                surroundings.directory().executions().stream().filter(wanted).toList());
        Collections.reverse(found);
        Page<Execution> page = Page.of(found, request.nextToken(), request.maxResults());
        return ListExecutionsResponse.builder()
                .executions(page.items().stream().map(this::listed).toList())
                .nextToken(page.next())
                .build();
    }

    /** Returns which executions are listed; those of a Map Run and those of a machine cannot be asked for at once. */
    private Predicate<Execution> wanted(ListExecutionsRequest request) {
        if ((request.mapRunArn() == null) == (request.stateMachineArn() == null)) {
            throw Refusal.validation("Must provide either a state machine ARN or a map run ARN, but not both");
        }
        Predicate<Execution> owned = request.mapRunArn() == null
                ? ofMachine(request)
                : ofMapRun(Arns.require(request.mapRunArn(), "mapRun"));
        ExecutionStatus status = request.statusFilter();
        ExecutionRedriveFilter redriven = request.redriveFilter();
        return owned.and(execution -> status == null || execution.status() == status)
                .and(execution -> redriven == null
                        || (redriven == ExecutionRedriveFilter.REDRIVEN) == (execution.redriveCount() > 0));
    }

    private Predicate<Execution> ofMapRun(String arn) {
        if (surroundings.directory().mapRun(arn) == null) {
            throw Refusal.noResource(arn);
        }
        return execution -> arn.equals(execution.identity().mapRunArn());
    }

    private Predicate<Execution> ofMachine(ListExecutionsRequest request) {
        if (request.redriveFilter() != null) {
            throw Refusal.validation("RedriveFilter cannot be applied to ListExecutions call with StateMachine ARN");
        }
        if (request.statusFilter() == ExecutionStatus.PENDING_REDRIVE) {
            throw Refusal.validation("The filter PENDING_REDRIVE needs a map run ARN");
        }
        Target target = targets.findForList(request.stateMachineArn());
        if (target.machine().type() == StateMachineType.EXPRESS) {
            throw unsupportedType();
        }
        return execution -> isOf(execution.identity(), target);
    }

    private static boolean isOf(ExecutionIdentity identity, Target target) {
        boolean ofMachine = identity.mapRunArn() == null
                && identity.stateMachineArn().equals(target.machine().arn());
        boolean ofAlias = target.aliasArn() == null || target.aliasArn().equals(identity.aliasArn());
        boolean ofVersion = target.aliasArn() != null
                || target.versionArn() == null
                || target.versionArn().equals(identity.versionArn());
        return ofMachine && ofAlias && ofVersion;
    }

    private ExecutionListItem listed(Execution execution) {
        ExecutionIdentity identity = execution.identity();
        String mapRun = identity.mapRunArn();
        return ExecutionListItem.builder()
                .executionArn(identity.arn())
                .stateMachineArn(identity.stateMachineArn())
                .name(identity.name())
                .status(execution.status())
                .startDate(identity.startDate())
                .stopDate(execution.stopDate())
                .mapRunArn(mapRun)
                .itemCount(mapRun == null ? null : run(mapRun).itemCount(execution))
                .stateMachineVersionArn(identity.versionArn())
                .stateMachineAliasArn(identity.aliasArn())
                .redriveCount(execution.redriveCount())
                .redriveDate(execution.redriveDate())
                .build();
    }

    /** Returns an execution by its ARN; those of Express machines cannot be asked for. */
    Execution requireStandard(@Nullable String arn) {
        String text = Arns.require(arn, "execution");
        Execution execution = surroundings.directory().execution(text);
        if (execution == null) {
            throw Refusal.noExecution(text);
        }
        return execution;
    }
}

package io.crois.testkit.engine.internal.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.crois.asl.VariableReferences;
import io.crois.testkit.engine.internal.Execution;
import io.crois.testkit.engine.internal.ExecutionIdentity;
import io.crois.testkit.engine.internal.Ids;
import io.crois.testkit.engine.internal.Surroundings;
import io.crois.testkit.engine.internal.history.History;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionRequest;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineForExecutionRequest;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineForExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.GetExecutionHistoryRequest;
import software.amazon.awssdk.services.sfn.model.GetExecutionHistoryResponse;
import software.amazon.awssdk.services.sfn.model.ListExecutionsRequest;
import software.amazon.awssdk.services.sfn.model.ListExecutionsResponse;
import software.amazon.awssdk.services.sfn.model.StartExecutionRequest;
import software.amazon.awssdk.services.sfn.model.StartExecutionResponse;
import software.amazon.awssdk.services.sfn.model.StateMachineType;
import software.amazon.awssdk.services.sfn.model.StopExecutionRequest;
import software.amazon.awssdk.services.sfn.model.StopExecutionResponse;

/** Starts, stops and describes executions. Used on the event loop only. */
public final class Executions {

    private static final Pattern EXECUTION = Pattern.compile("arn:[a-z0-9-]+:states:[a-z0-9-]*:[0-9]*:execution:.+");

    private final Surroundings surroundings;
    private final Targets targets;
    private final Arns arns;
    private final Map<String, Machine.Revision> revisions = new HashMap<>();

    Executions(Surroundings surroundings, Targets targets, Arns arns) {
        this.surroundings = surroundings;
        this.targets = targets;
        this.arns = arns;
    }

    StartExecutionResponse start(StartExecutionRequest request) {
        Execution execution = begin(request.stateMachineArn(), request.name(), request.input());
        return StartExecutionResponse.builder()
                .executionArn(execution.identity().arn())
                .startDate(execution.identity().startDate())
                .build();
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
                !"METADATA_ONLY".equals(request.includedDataAsString()));
    }

    DescribeStateMachineForExecutionResponse describeMachine(DescribeStateMachineForExecutionRequest request) {
        ExecutionIdentity identity = requireStandard(request.executionArn()).identity();
        Machine.Revision revision = revision(identity);
        return DescribeStateMachineForExecutionResponse.builder()
                .stateMachineArn(identity.stateMachineArn())
                .name(identity.stateMachineName())
                .definition(revision.definition())
                .roleArn(identity.roleArn())
                .updateDate(revision.date())
                .revisionId(revision.id())
                .loggingConfiguration(revision.logging())
                .tracingConfiguration(revision.tracing())
                .encryptionConfiguration(revision.encryption())
                .variableReferences(VariableReferences.of(revision.machine()))
                .mapRunArn(identity.mapRunArn())
                .label(label(identity))
                .build();
    }

    /** Returns what the execution runs, whatever has become of its machine; a child runs what its parent runs. */
    private Machine.Revision revision(ExecutionIdentity identity) {
        ExecutionIdentity outermost = identity;
        while (outermost.mapRunArn() != null) {
            outermost = Objects.requireNonNull(surroundings.directory().mapRun(outermost.mapRunArn()))
                    .parent();
        }
        return Objects.requireNonNull(revisions.get(outermost.arn()));
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
        List<Execution> found = new ArrayList<>(surroundings.directory().executions().stream()
                .filter(execution -> isListed(execution, request))
                .toList());
        Collections.reverse(found);
        Page<Execution> page = Page.of(found, request.nextToken(), request.maxResults());
        return ListExecutionsResponse.builder()
                .executions(page.items().stream().map(Executions::listed).toList())
                .nextToken(page.next())
                .build();
    }

    private boolean isListed(Execution execution, ListExecutionsRequest request) {
        ExecutionIdentity identity = execution.identity();
        boolean ofStatus = request.statusFilter() == null || execution.status() == request.statusFilter();
        if (request.mapRunArn() != null) {
            return ofStatus && request.mapRunArn().equals(identity.mapRunArn());
        }
        Target target = targets.find(request.stateMachineArn());
        if (target.machine().type() == StateMachineType.EXPRESS) {
            throw Refusal.machineType("This operation is not supported by this type of state machine");
        }
        boolean ofMachine = identity.mapRunArn() == null
                && identity.stateMachineArn().equals(target.machine().arn());
        boolean ofAlias = target.aliasArn() == null || target.aliasArn().equals(identity.aliasArn());
        boolean ofVersion = target.aliasArn() != null
                || target.versionArn() == null
                || target.versionArn().equals(identity.versionArn());
        return ofStatus && ofMachine && ofAlias && ofVersion;
    }

    private static ExecutionListItem listed(Execution execution) {
        ExecutionIdentity identity = execution.identity();
        return ExecutionListItem.builder()
                .executionArn(identity.arn())
                .stateMachineArn(identity.stateMachineArn())
                .name(identity.name())
                .status(execution.status())
                .startDate(identity.startDate())
                .stopDate(execution.stopDate())
                .mapRunArn(identity.mapRunArn())
                .stateMachineVersionArn(identity.versionArn())
                .stateMachineAliasArn(identity.aliasArn())
                .redriveCount(execution.redriveCount())
                .redriveDate(execution.redriveDate())
                .build();
    }

    /** Returns an execution by its ARN; those of Express machines cannot be asked for. */
    Execution requireStandard(@Nullable String arn) {
        String text = String.valueOf(arn);
        if (!EXECUTION.matcher(text).matches()) {
            throw Refusal.arn(text);
        }
        Execution execution = surroundings.directory().execution(text);
        if (execution == null) {
            throw Refusal.noExecution(text);
        }
        return execution;
    }
}

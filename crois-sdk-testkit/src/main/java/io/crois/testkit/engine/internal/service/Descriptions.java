package io.crois.testkit.engine.internal.service;

import io.crois.testkit.engine.ExecutionListener;
import io.crois.testkit.engine.internal.Execution;
import io.crois.testkit.engine.internal.ExecutionIdentity;
import io.crois.testkit.engine.internal.expression.StatesError;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionRedriveStatus;
import software.amazon.awssdk.services.sfn.model.IncludedData;
import software.amazon.awssdk.services.sfn.model.StartSyncExecutionRequest;
import software.amazon.awssdk.services.sfn.model.StartSyncExecutionResponse;

/** Tells of executions as the service does. */
final class Descriptions {

    private Descriptions() {}

    static DescribeExecutionResponse describe(Execution execution, @Nullable String obstacle, boolean withData) {
        ExecutionIdentity identity = execution.identity();
        DescribeExecutionResponse.Builder response = DescribeExecutionResponse.builder()
                .executionArn(identity.arn())
                .stateMachineArn(identity.stateMachineArn())
                .stateMachineVersionArn(identity.versionArn())
                .stateMachineAliasArn(identity.aliasArn())
                .mapRunArn(identity.mapRunArn())
                .name(identity.name())
                .status(execution.status())
                .startDate(identity.startDate())
                .stopDate(execution.stopDate())
                .redriveCount(redriveCount(execution))
                .redriveDate(execution.redriveDate());
        addRedrive(response, execution, obstacle);
        if (withData) {
            response.input(execution.inputText()).inputDetails(details -> details.included(true));
            if (execution.output() != null) {
                response.output(execution.outputText()).outputDetails(details -> details.included(true));
            }
            response.error(error(execution)).cause(cause(execution));
        }
        return response.build();
    }

    /** Nothing is told of a map run's execution while it runs for the first time. */
    private static @Nullable Integer redriveCount(Execution execution) {
        boolean isFirst = execution.redriveCount() == 0 && execution.stopDate() == null;
        return isFirst && execution.identity().mapRunArn() != null ? null : execution.redriveCount();
    }

    private static void addRedrive(
            DescribeExecutionResponse.Builder response, Execution execution, @Nullable String obstacle) {
        if (obstacle != null) {
            response.redriveStatus(ExecutionRedriveStatus.NOT_REDRIVABLE).redriveStatusReason(obstacle);
        } else if (execution.identity().mapRunArn() != null) {
            response.redriveStatus(ExecutionRedriveStatus.REDRIVABLE_BY_MAP_RUN);
        } else {
            response.redriveStatus(ExecutionRedriveStatus.REDRIVABLE);
        }
    }

    static StartSyncExecutionResponse synchronous(Execution execution, StartSyncExecutionRequest request) {
        ExecutionIdentity identity = execution.identity();
        StartSyncExecutionResponse.Builder response = StartSyncExecutionResponse.builder()
                .executionArn(identity.arn())
                .stateMachineArn(identity.stateMachineArn())
                .name(identity.name())
                .startDate(identity.startDate())
                .stopDate(execution.stopDate())
                .status(execution.statusText())
                .traceHeader(request.traceHeader())
                .billingDetails(
                        billing -> billing.billedMemoryUsedInMB(64L).billedDurationInMilliseconds(billed(execution)));
        if (request.includedData() != IncludedData.METADATA_ONLY) {
            response.error(error(execution)).cause(cause(execution));
            response.input(execution.inputText()).inputDetails(details -> details.included(true));
            if (execution.output() != null) {
                response.output(execution.outputText()).outputDetails(details -> details.included(true));
            }
        }
        return response.build();
    }

    /** Express executions are billed by 100 milliseconds. */
    private static long billed(Execution execution) {
        Instant stop = Objects.requireNonNullElse(
                execution.stopDate(), execution.identity().startDate());
        long millis = stop.toEpochMilli() - execution.identity().startDate().toEpochMilli();
        return Math.max(1, (millis + 99) / 100) * 100;
    }

    static ExecutionListener.Change change(Execution execution) {
        ExecutionIdentity identity = execution.identity();
        return new ExecutionListener.Change(
                identity.arn(),
                identity.stateMachineArn(),
                identity.name(),
                execution.statusText(),
                execution.inputText(),
                execution.outputText(),
                error(execution),
                cause(execution),
                identity.startDate(),
                execution.stopDate(),
                execution.redriveCount());
    }

    static @Nullable String error(Execution execution) {
        StatesError error = execution.error();
        return error == null ? null : error.error();
    }

    static @Nullable String cause(Execution execution) {
        StatesError error = execution.error();
        return error == null ? null : error.cause();
    }
}

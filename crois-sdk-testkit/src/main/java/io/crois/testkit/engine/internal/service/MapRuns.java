package io.crois.testkit.engine.internal.service;

import io.crois.testkit.engine.internal.MapRun;
import io.crois.testkit.engine.internal.Surroundings;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.DescribeMapRunRequest;
import software.amazon.awssdk.services.sfn.model.DescribeMapRunResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.ListMapRunsRequest;
import software.amazon.awssdk.services.sfn.model.ListMapRunsResponse;
import software.amazon.awssdk.services.sfn.model.MapRunExecutionCounts;
import software.amazon.awssdk.services.sfn.model.MapRunItemCounts;
import software.amazon.awssdk.services.sfn.model.MapRunListItem;
import software.amazon.awssdk.services.sfn.model.MapRunStatus;
import software.amazon.awssdk.services.sfn.model.UpdateMapRunRequest;
import software.amazon.awssdk.services.sfn.model.UpdateMapRunResponse;
import software.amazon.awssdk.services.sfn.model.ValidationExceptionReason;

/** Tells of the runs of distributed Maps. Used on the event loop only. */
final class MapRuns {

    private final Surroundings surroundings;
    private final Executions executions;

    MapRuns(Surroundings surroundings, Executions executions) {
        this.surroundings = surroundings;
        this.executions = executions;
    }

    DescribeMapRunResponse describe(DescribeMapRunRequest request) {
        MapRun run = require(request.mapRunArn());
        return DescribeMapRunResponse.builder()
                .mapRunArn(run.arn())
                .executionArn(run.parent().arn())
                .status(run.status())
                .startDate(run.startDate())
                .stopDate(run.stopDate())
                .maxConcurrency(run.concurrency())
                .toleratedFailureCount(run.toleratedCount())
                .toleratedFailurePercentage((float) run.toleratedPercentage())
                .itemCounts(items(run))
                .executionCounts(executions(run))
                .redriveCount(run.redriveCount())
                .redriveDate(run.redriveDate())
                .build();
    }

    private static MapRunItemCounts items(MapRun run) {
        return MapRunItemCounts.builder()
                .total(run.total(true))
                .running(run.running(true))
                .pending(pending(run, true))
                .succeeded(run.count(ExecutionStatus.SUCCEEDED, true))
                .failed(run.count(ExecutionStatus.FAILED, true))
                .timedOut(run.count(ExecutionStatus.TIMED_OUT, true))
                .aborted(run.count(ExecutionStatus.ABORTED, true))
                .resultsWritten(run.resultsWritten(true))
                .failuresNotRedrivable(0L)
                .pendingRedrive(run.pendingRedrive(true))
                .build();
    }

    private static MapRunExecutionCounts executions(MapRun run) {
        return MapRunExecutionCounts.builder()
                .total(run.total(false))
                .running(run.running(false))
                .pending(pending(run, false))
                .succeeded(run.count(ExecutionStatus.SUCCEEDED, false))
                .failed(run.count(ExecutionStatus.FAILED, false))
                .timedOut(run.count(ExecutionStatus.TIMED_OUT, false))
                .aborted(run.count(ExecutionStatus.ABORTED, false))
                .resultsWritten(run.resultsWritten(false))
                .failuresNotRedrivable(0L)
                .pendingRedrive(run.pendingRedrive(false))
                .build();
    }

    private static long pending(MapRun run, boolean inItems) {
        long ended = 0;
        for (ExecutionStatus status : ExecutionStatus.values()) {
            ended += run.count(status, inItems);
        }
        return run.total(inItems) - run.running(inItems) - run.pendingRedrive(inItems) - ended;
    }

    ListMapRunsResponse list(ListMapRunsRequest request) {
        executions.requireStandard(request.executionArn());
        List<MapRun> runs = surroundings.directory().mapRuns().stream()
                .filter(run -> run.parent().arn().equals(request.executionArn()))
                .toList();
        Page<MapRun> page = Page.of(runs, request.nextToken(), request.maxResults());
        return ListMapRunsResponse.builder()
                .mapRuns(page.items().stream()
                        .map(run -> MapRunListItem.builder()
                                .mapRunArn(run.arn())
                                .executionArn(run.parent().arn())
                                .stateMachineArn(run.stateMachineArn())
                                .startDate(run.startDate())
                                .stopDate(run.stopDate())
                                .build())
                        .toList())
                .nextToken(page.next())
                .build();
    }

    UpdateMapRunResponse update(UpdateMapRunRequest request) {
        MapRun run = require(request.mapRunArn());
        if (run.status() != MapRunStatus.RUNNING) {
            throw Refusal.validation(
                    "The Map Run has completed and cannot be updated",
                    ValidationExceptionReason.CANNOT_UPDATE_COMPLETED_MAP_RUN);
        }
        if (request.maxConcurrency() == null
                && request.toleratedFailureCount() == null
                && request.toleratedFailurePercentage() == null) {
            throw Refusal.validation(
                    "Either maxConcurrency, toleratedFailureCount or toleratedFailurePercentage must be specified",
                    ValidationExceptionReason.MISSING_REQUIRED_PARAMETER);
        }
        run.tolerate(
                request.toleratedFailureCount(),
                request.toleratedFailurePercentage() == null
                        ? null
                        : request.toleratedFailurePercentage().doubleValue());
        if (request.maxConcurrency() != null) {
            run.concurrency(request.maxConcurrency());
        }
        return UpdateMapRunResponse.builder().build();
    }

    private MapRun require(@Nullable String arn) {
        MapRun run = surroundings.directory().mapRun(Arns.require(arn, "mapRun"));
        if (run == null) {
            throw Refusal.noResource(String.valueOf(arn));
        }
        return run;
    }
}

package io.crois.testkit.forecast;

import io.crois.compile.Forecast;
import io.crois.compile.Range;
import io.crois.execution.Execution;
import io.crois.execution.StepAttempt;
import io.crois.testkit.CroisTestkit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.MapRunListItem;

/** What an execution took, as its histories and those of its child executions tell. */
record Counted(
        long transitions,
        long historyEvents,
        long childExecutions,
        long childHistoryEvents,
        long functionCalls,
        Map<String, Long> containers) {

    static Counted of(CroisTestkit testkit, Execution execution) {
        SfnClient sfn = testkit.aws().sfn();
        String arn = String.valueOf(execution.describe().arn());
        List<List<HistoryEvent>> histories = new ArrayList<>();
        collect(sfn, arn, histories);
        List<HistoryEvent> all = histories.stream().flatMap(List::stream).toList();
        return new Counted(
                all.stream().filter(e -> e.stateEnteredEventDetails() != null).count(),
                histories.get(0).size(),
                histories.size() - 1L,
                histories.stream().skip(1).mapToLong(List::size).max().orElse(0),
                scheduled(all, "lambda"),
                containers(execution, scheduled(all, "ecs") + scheduled(all, "batch")));
    }

    private static void collect(SfnClient sfn, String arn, List<List<HistoryEvent>> histories) {
        histories.add(sfn.getExecutionHistoryPaginator(r -> r.executionArn(arn)).events().stream()
                .toList());
        for (MapRunListItem run :
                sfn.listMapRunsPaginator(r -> r.executionArn(arn)).mapRuns()) {
            for (ExecutionListItem child : sfn.listExecutionsPaginator(r -> r.mapRunArn(run.mapRunArn()))
                    .executions()) {
                collect(sfn, child.executionArn(), histories);
            }
        }
    }

    /** Returns the containers of each step by its path; attempts whose outputs were reused had none. */
    private static Map<String, Long> containers(Execution execution, long scheduled) {
        Map<String, Long> containers = new TreeMap<>();
        for (StepAttempt attempt : execution.attempts()) {
            if (attempt.machine() != null) {
                containers.merge(attempt.step().replaceAll("\\[\\d+]", ""), 1L, Long::sum);
            }
        }
        long counted = containers.values().stream().mapToLong(Long::longValue).sum();
        return counted == scheduled ? containers : Map.of("", scheduled);
    }

    /** Returns how many containers ran. */
    long started() {
        return containers.values().stream().mapToLong(Long::longValue).sum();
    }

    private static long scheduled(List<HistoryEvent> events, String service) {
        return events.stream()
                .filter(event -> event.taskScheduledEventDetails() != null)
                .filter(event ->
                        event.taskScheduledEventDetails().resourceType().equals(service))
                .count();
    }

    /** Returns what of this a forecast does not hold, or holds less exactly than it should; by name. */
    Map<String, String> differences(Forecast forecast, boolean exactly) {
        Map<String, String> wrong = new LinkedHashMap<>();
        compare("transitions", forecast.transitions(), transitions, exactly, wrong);
        compare("history events", forecast.historyEvents(), historyEvents, exactly, wrong);
        compare("child executions", forecast.childExecutions(), childExecutions, exactly, wrong);
        compare("child history events", forecast.childHistoryEvents(), childHistoryEvents, exactly, wrong);
        compare("function calls", forecast.functionCalls(), functionCalls, exactly, wrong);
        compare("containers", forecast.containers(), started(), exactly, wrong);
        if (!containers.containsKey("")) {
            containers.forEach((step, count) ->
                    compare("containers of " + step, forecast.containers(step), count, exactly, wrong));
        }
        return wrong;
    }

    private static void compare(String name, Range range, long truth, boolean exactly, Map<String, String> wrong) {
        if (!range.contains(truth) || exactly && !range.isExact()) {
            wrong.put(name, range + " instead of " + truth);
        }
    }
}

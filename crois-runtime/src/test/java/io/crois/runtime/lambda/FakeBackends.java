package io.crois.runtime.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.batch.BatchClient;
import software.amazon.awssdk.services.batch.model.DescribeJobsRequest;
import software.amazon.awssdk.services.batch.model.DescribeJobsResponse;
import software.amazon.awssdk.services.batch.model.JobDetail;
import software.amazon.awssdk.services.batch.model.JobSummary;
import software.amazon.awssdk.services.batch.model.ListJobsRequest;
import software.amazon.awssdk.services.batch.model.ListJobsResponse;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.DescribeTasksRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTasksResponse;
import software.amazon.awssdk.services.ecs.model.ListTasksRequest;
import software.amazon.awssdk.services.ecs.model.ListTasksResponse;
import software.amazon.awssdk.services.ecs.model.Task;

/** Answers like Amazon ECS and AWS Batch about tasks and jobs that are given as the details of their events. */
final class FakeBackends {
    private final Map<String, JsonNode> described;

    /** How many calls were made, and of how many tasks or jobs each asked. */
    final List<Integer> calls = new CopyOnWriteArrayList<>();

    FakeBackends(Map<String, JsonNode> described) {
        this.described = described;
    }

    EcsClient ecs() {
        return client(EcsClient.class, request -> {
            if (request instanceof ListTasksRequest list) {
                boolean stopped = "STOPPED".equals(list.desiredStatusAsString());
                return ListTasksResponse.builder()
                        .taskArns(details("taskArn").stream()
                                .filter(task -> task.path("lastStatus").asText().equals("STOPPED") == stopped)
                                .map(task -> task.path("taskArn").asText())
                                .toList())
                        .build();
            }
            List<String> arns = ((DescribeTasksRequest) request).tasks();
            count(arns);
            return DescribeTasksResponse.builder()
                    .tasks(details("taskArn").stream()
                            .filter(task -> arns.contains(task.path("taskArn").asText()))
                            .map(FakeBackends::task)
                            .toList())
                    .build();
        });
    }

    BatchClient batch() {
        return client(BatchClient.class, request -> {
            if (request instanceof ListJobsRequest) {
                return ListJobsResponse.builder()
                        .jobSummaryList(details("jobArn").stream()
                                .map(job -> JobSummary.builder().jobId(id(job)).build())
                                .toList())
                        .build();
            }
            List<String> ids = ((DescribeJobsRequest) request).jobs();
            count(ids);
            return DescribeJobsResponse.builder()
                    .jobs(details("jobArn").stream()
                            .filter(job -> ids.contains(id(job)))
                            .map(FakeBackends::job)
                            .toList())
                    .build();
        });
    }

    private void count(List<String> asked) {
        if (asked.size() > 100) {
            throw new IllegalArgumentException("At most 100 can be described at once.");
        }
        calls.add(asked.size());
    }

    private List<JsonNode> details(String member) {
        return described.values().stream().filter(detail -> detail.has(member)).toList();
    }

    private static String id(JsonNode job) {
        String arn = job.path("jobArn").asText();
        return arn.substring(arn.lastIndexOf('/') + 1);
    }

    private static Task task(JsonNode detail) {
        return Task.builder()
                .taskArn(detail.path("taskArn").asText())
                .lastStatus(detail.path("lastStatus").asText())
                .startedAt(instant(detail.path("startedAt")))
                .stoppedAt(instant(detail.path("stoppedAt")))
                .containers(Container.builder()
                        .name("main")
                        .exitCode(number(detail.path("containers").path(0).path("exitCode")))
                        .build())
                .overrides(override -> override.containerOverrides(container -> container
                        .name("main")
                        .environment(variable -> variable.name("CROIS_ORDER")
                                .value(order(detail.path("overrides")
                                        .path("containerOverrides")
                                        .path(0))))))
                .build();
    }

    private static JobDetail job(JsonNode detail) {
        return JobDetail.builder()
                .jobArn(detail.path("jobArn").asText())
                .status(detail.path("status").asText())
                .startedAt(millis(detail.path("startedAt")))
                .stoppedAt(millis(detail.path("stoppedAt")))
                .container(container -> container
                        .exitCode(number(detail.path("container").path("exitCode")))
                        .environment(variable -> variable.name("CROIS_ORDER").value(order(detail.path("container")))))
                .build();
    }

    private static String order(JsonNode container) {
        return StreamSupport.stream(container.path("environment").spliterator(), false)
                .map(variable -> variable.path("value").asText())
                .findFirst()
                .orElseThrow();
    }

    private static @Nullable Instant instant(JsonNode time) {
        return time.isTextual() ? Instant.parse(time.textValue()) : null;
    }

    private static @Nullable Long millis(JsonNode time) {
        return time.isNumber() ? (Long) time.longValue() : null;
    }

    private static @Nullable Integer number(JsonNode value) {
        return value.isNumber() ? (Integer) value.intValue() : null;
    }

    /** An answer to a request; the client's other forms of a call lead to it. */
    private interface Answers {
        Object answer(Object request);
    }

    private static <T> T client(Class<T> type, Answers answers) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            boolean takesRequest = arguments != null
                    && arguments.length == 1
                    && arguments[0].getClass().getSimpleName().endsWith("Request")
                    && !method.getName().endsWith("Paginator");
            return takesRequest
                    ? answers.answer(arguments[0])
                    : InvocationHandler.invokeDefault(proxy, method, arguments);
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}

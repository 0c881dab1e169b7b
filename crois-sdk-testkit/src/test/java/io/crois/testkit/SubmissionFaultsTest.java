package io.crois.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.crois.Crois;
import io.crois.execution.AwsClients;
import io.crois.execution.Execution;
import io.crois.execution.RateLimits;
import io.crois.testkit.aws.InMemoryAws;
import io.crois.workflow.Arguments;
import io.crois.workflow.Parameter;
import io.crois.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.SfnException;

/** How many executions are submitted is {@code -Dsubmissions}; default 5,000. */
final class SubmissionFaultsTest {
    private static final int SUBMISSIONS = Integer.getInteger("submissions", 5_000);
    private static final Parameter<Long> NUMBER = Parameter.integer("number");
    private static final Workflow WAITING = Workflow.builder()
            .name("waiting")
            .parameter(NUMBER)
            .waitFor(Duration.ofDays(300))
            .build();

    private final CroisTestkit testkit = CroisTestkit.create();
    private final InMemoryAws aws = testkit.aws();
    private final Random random = new Random(7);
    private final AtomicInteger throttled = new AtomicInteger();
    private final AtomicInteger timedOut = new AtomicInteger();

    @Test
    void every_submission_starts_one_execution_whatever_is_throttled_or_times_out_after_its_effect() throws Exception {
        Crois crois = door(RateLimits.aws(), faulty());
        ExecutorService threads = Executors.newFixedThreadPool(16);
        List<Future<Execution>> submissions = new ArrayList<>();
        for (long i = 0; i < SUBMISSIONS; i++) {
            Arguments arguments = Arguments.none().with(NUMBER, i);
            submissions.add(threads.submit(() -> crois.submit(WAITING, arguments)));
        }
        Set<String> names = new HashSet<>();
        for (Future<Execution> submission : submissions) {
            names.add(submission.get().name());
        }
        threads.shutdown();

        assertThat(names).hasSize(SUBMISSIONS);
        assertThat(started()).hasSize(SUBMISSIONS).containsExactlyInAnyOrderElementsOf(names);
        assertThat(throttled.get()).isGreaterThan(SUBMISSIONS / 5);
        assertThat(timedOut.get()).isGreaterThan(SUBMISSIONS / 10);
    }

    @Test
    void submissions_keep_to_the_rate_of_the_account() {
        Crois crois = door(RateLimits.aws().withStarts(10, 5), Platform.clients(aws));
        Instant before = testkit.loop().now();

        for (long i = 0; i < 60; i++) {
            crois.submit(WAITING, Arguments.none().with(NUMBER, i));
        }

        assertThat(Duration.between(before, testkit.loop().now())).isEqualTo(Duration.ofSeconds(10));
        assertThat(started()).hasSize(60);
    }

    private List<String> started() {
        String machine = aws.sfn().listStateMachines().stateMachines().get(0).stateMachineArn();
        return aws.sfn().listExecutionsPaginator(request -> request.stateMachineArn(machine)).executions().stream()
                .map(ExecutionListItem::name)
                .toList();
    }

    private AwsClients faulty() {
        SfnClient sfn = InterceptedClient.of(
                SfnClient.class, aws.sfn(), (operation, call) -> around(operation, call, SfnException.builder()));
        DynamoDbClient dynamoDb = InterceptedClient.of(
                DynamoDbClient.class,
                aws.dynamoDb(),
                (operation, call) -> around(operation, call, DynamoDbException.builder()));
        return new AwsClients(sfn, dynamoDb, aws.s3(), aws.ecs(), aws.batch());
    }

    /** One call in five is throttled, one in ten takes effect without an answer. */
    private Object around(
            String operation,
            Supplier<Object> call,
            software.amazon.awssdk.awscore.exception.AwsServiceException.Builder refusal) {
        if (operation.equals("close") || operation.equals("queryPaginator")) {
            return call.get();
        }
        int fate;
        synchronized (random) {
            fate = random.nextInt(10);
        }
        if (fate < 2) {
            throttled.incrementAndGet();
            throw refusal.statusCode(400)
                    .awsErrorDetails(AwsErrorDetails.builder()
                            .errorCode("ThrottlingException")
                            .errorMessage("Rate exceeded")
                            .build())
                    .build();
        }
        Object answer = call.get();
        if (fate == 2) {
            timedOut.incrementAndGet();
            throw ApiCallTimeoutException.create(2_000);
        }
        return answer;
    }

    private Crois door(RateLimits limits, AwsClients clients) {
        return Crois.builder()
                .project(Platform.project(aws, "test", "test"))
                .clients(clients)
                .clock(testkit.loop().clock())
                .pacing(new VirtualPacing(testkit.loop()))
                .limits(limits)
                .build();
    }
}

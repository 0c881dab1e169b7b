package io.crois.testkit.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import io.crois.testkit.aws.internal.dynamodb.TableStore;
import io.crois.testkit.aws.internal.integration.S3ObjectStore;
import io.crois.testkit.aws.internal.integration.ServiceIntegrations;
import io.crois.testkit.aws.internal.lambda.FunctionHost;
import io.crois.testkit.aws.internal.s3.MemoryShelf;
import io.crois.testkit.engine.ObjectStoreException;
import io.crois.testkit.time.VirtualEventLoop;
import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.batch.model.BatchException;
import software.amazon.awssdk.services.batch.model.ContainerDetail;
import software.amazon.awssdk.services.batch.model.JobDetail;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.ecs.model.ClusterNotFoundException;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.EcsException;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;

/** Task states that reach services in memory, through the engine. */
final class IntegrationsTest {

    private final VirtualEventLoop loop = VirtualEventLoop.create();
    private final FunctionHost functions = new FunctionHost(loop, "us-east-1", "111111111111", new Random(7));
    private final RecordingEcs ecs = new RecordingEcs();
    private final RecordingBatch batch = new RecordingBatch();
    private final TableStore tables = TableStore.inMemory();
    private final DynamoDbClient dynamoDb = new InMemoryDynamoDb(
            tables, new DynamoDbTables(tables, loop.clock(), "arn:aws:dynamodb:us-east-1:111111111111:table/"));
    private final S3Client s3 =
            NotInMemory.named(S3Client.class, new InMemoryS3(new MemoryShelf(), loop.clock(), "us-east-1"));
    private final SfnClient sfn = InMemorySfn.builder(loop)
            .integrations(ServiceIntegrations.builder()
                    .functions(functions)
                    .sdk("lambda", LambdaClient.class, InMemoryLambda.of(functions))
                    .ecs(ecs, ecs.endings)
                    .batch(batch, batch.endings)
                    .dynamoDb(dynamoDb)
                    .s3(s3)
                    .build())
            .objectStore(new S3ObjectStore(s3))
            .build();
    private int machines;

    @Test
    void a_function_is_invoked_with_its_payload_and_takes_its_time() {
        functions.register("twice", input -> IntNode.valueOf(input.path("n").asInt() * 2));
        functions.takes(Duration.ofSeconds(2));

        DescribeExecutionResponse end =
                run(task("arn:aws:states:::lambda:invoke", "{'FunctionName': 'twice', 'Payload': {'n': 21}}"));

        assertThat(json(end.output()).path("Payload").asInt()).isEqualTo(42);
        assertThat(json(end.output()).path("StatusCode").asInt()).isEqualTo(200);
        assertThat(json(end.output()).path("ExecutedVersion").asText()).isEqualTo("$LATEST");
        assertThat(Duration.between(end.startDate(), end.stopDate())).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void an_exception_of_a_function_is_the_error_of_its_task() {
        functions.register("bad", input -> {
            throw new IllegalStateException("No luck.");
        });

        DescribeExecutionResponse end = run(task("arn:aws:states:::lambda:invoke", "{'FunctionName': 'bad'}"));

        assertThat(end.error()).isEqualTo("java.lang.IllegalStateException");
        assertThat(json(end.cause()).path("errorMessage").asText()).isEqualTo("No luck.");
        assertThat(json(end.cause()).path("errorType").asText()).isEqualTo("java.lang.IllegalStateException");
    }

    @Test
    void a_function_by_its_arn_gets_the_input_and_its_answer_is_the_output() {
        functions.register("same", input -> input);

        DescribeExecutionResponse end = run("{'StartAt': 'T', 'States': {'T': {'Type': 'Task', 'Resource':"
                + "'arn:aws:lambda:us-east-1:111111111111:function:same', 'End': true}}}");

        assertThat(end.output()).isEqualTo("{\"in\":1}");
    }

    @Test
    void a_function_that_is_not_there_is_an_error_of_lambda() {
        DescribeExecutionResponse end = run(task("arn:aws:states:::lambda:invoke", "{'FunctionName': 'nope'}"));

        assertThat(end.error()).isEqualTo("Lambda.ResourceNotFoundException");
        assertThat(end.cause())
                .isEqualTo("Function not found: arn:aws:lambda:us-east-1:111111111111:function:nope"
                        + " (Service: AWSLambda; Status Code: 404; Error Code: ResourceNotFoundException;"
                        + " Request ID: in-memory; Proxy: null)");
    }

    @Test
    void an_answer_that_is_not_json_fails_the_task() {
        functions.register("text", (input, output, context) -> output.write("not json".getBytes(UTF_8)));

        DescribeExecutionResponse end = run(task("arn:aws:states:::lambda:invoke", "{'FunctionName': 'text'}"));

        assertThat(end.error()).isEqualTo("States.Runtime");
        assertThat(end.cause()).contains("is not JSON");
    }

    @Test
    void an_invocation_as_event_does_not_wait() {
        functions.register("slow", input -> input);
        functions.takes(Duration.ofSeconds(40));

        DescribeExecutionResponse end =
                run(task("arn:aws:states:::lambda:invoke", "{'FunctionName': 'slow', 'InvocationType': 'Event'}"));

        assertThat(end.startDate()).isEqualTo(end.stopDate());
        assertThat(json(end.output()).path("StatusCode").asInt()).isEqualTo(202);
        assertThat(json(end.output()).path("Payload").isNull()).isTrue();
        DescribeExecutionResponse sdk = run(
                task("arn:aws:states:::aws-sdk:lambda:invoke", "{'FunctionName': 'slow', 'InvocationType': 'Event'}"));
        assertThat(json(sdk.output())).isEqualTo(json("{\"Payload\":\"\",\"StatusCode\":202}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'n': 1}       | {"n":1}
            '{\\"n\\": 2}' | {"n":2}
            'null'         | null
            '\\"text\\"'   | "text"
            null           | {}
            """)
    void a_text_is_the_payload_as_it_stands_and_null_is_none(String payload, String received) {
        functions.register("same", input -> input);
        String arguments = "{'FunctionName': 'same', 'Payload': " + payload + "}";

        DescribeExecutionResponse optimized = run(task("arn:aws:states:::lambda:invoke", arguments));
        DescribeExecutionResponse sdk = run(task("arn:aws:states:::aws-sdk:lambda:invoke", arguments));

        assertThat(json(optimized.output()).path("Payload")).hasToString(received);
        assertThat(json(sdk.output()).path("Payload").textValue()).isEqualTo(received);
    }

    @Test
    void a_payload_that_is_not_json_is_refused() {
        functions.register("same", input -> input);

        DescribeExecutionResponse end =
                run(task("arn:aws:states:::aws-sdk:lambda:invoke", "{'FunctionName': 'same', 'Payload': 'plain'}"));

        assertThat(end.error()).isEqualTo("Lambda.InvalidRequestContentException");
        assertThat(end.cause())
                .startsWith("Could not parse request body into json: Could not parse payload into json:"
                        + " Unrecognized token 'plain': was expecting (JSON String, Number, Array, Object or token"
                        + " 'null', 'true' or 'false')\n at [Source: REDACTED")
                .endsWith("(Service: Lambda, Status Code: 400, Request ID: in-memory) (SDK Attempt Count: 1)");
    }

    @Test
    void the_sdk_integration_returns_a_failed_invocation_as_it_is() {
        functions.register("bad", input -> {
            throw new IllegalStateException("No luck.");
        });

        DescribeExecutionResponse end =
                run(task("arn:aws:states:::aws-sdk:lambda:invoke", "{'FunctionName': 'bad', 'Payload': {}}"));

        assertThat(end.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(json(end.output()).path("FunctionError").asText()).isEqualTo("Unhandled");
        assertThat(json(json(end.output()).path("Payload").textValue())
                        .path("errorMessage")
                        .asText())
                .isEqualTo("No luck.");
    }

    @Test
    void a_task_of_ecs_is_run_and_answered_with() {
        DescribeExecutionResponse end = run(task("arn:aws:states:::ecs:runTask", "{'TaskDefinition': 'train:1'}"));

        JsonNode output = json(end.output());
        assertThat(output.path("Tasks").path(0).path("TaskArn").asText()).isEqualTo("arn:task/1");
        assertThat(output.path("Failures").size()).isZero();
        assertThat(output.path("SdkHttpMetadata").path("HttpStatusCode").asInt())
                .isEqualTo(200);
        assertThat(ecs.requests.get(0).startedBy()).isNull();
    }

    @Test
    void sync_waits_for_the_task_and_returns_it() {
        String execution = start(task("arn:aws:states:::ecs:runTask.sync", "{'TaskDefinition': 'train:1'}"));
        loop.advance(Duration.ofHours(1));
        assertThat(describe(execution).status()).isEqualTo(ExecutionStatus.RUNNING);

        ecs.end("arn:task/1", stopped(0));
        loop.runUntilIdle();

        JsonNode output = json(describe(execution).output());
        assertThat(output.path("TaskArn").asText()).isEqualTo("arn:task/1");
        assertThat(output.path("Containers").path(0).path("ExitCode").asInt(-1)).isZero();
        assertThat(output.path("Tags")).isEqualTo(json("[]"));
        assertThat(output.path("Containers").path(0).path("GpuIds")).isEqualTo(json("[]"));
        assertThat(ecs.requests.get(0).startedBy()).isEqualTo("AWS Step Functions");
        assertThat(json(sfn.getExecutionHistory(request -> request.executionArn(execution))
                        .events()
                        .get(2)
                        .taskScheduledEventDetails()
                        .parameters()))
                .isEqualTo(json("{\"TaskDefinition\":\"train:1\",\"StartedBy\":\"AWS Step Functions\"}"));
        assertThat(json(submitted(execution))
                        .path("Tasks")
                        .path(0)
                        .path("TaskArn")
                        .asText())
                .isEqualTo("arn:task/1");
    }

    @Test
    void any_container_that_does_not_end_well_fails_the_state() {
        String failed = start(task("arn:aws:states:::ecs:runTask.sync", "{'TaskDefinition': 'train:1'}"));
        String neverRan = start(task("arn:aws:states:::ecs:runTask.sync", "{'TaskDefinition': 'train:1'}"));
        loop.runUntilIdle();

        ecs.end("arn:task/1", stopped(0, 137));
        ecs.end("arn:task/2", stopped(0, null));
        loop.runUntilIdle();

        assertThat(describe(failed).error()).isEqualTo("States.TaskFailed");
        assertThat(json(describe(failed).cause()).path("StoppedReason").asText())
                .isEqualTo("It ended.");
        assertThat(json(describe(failed).cause())
                        .path("Containers")
                        .path(1)
                        .path("ExitCode")
                        .asInt())
                .isEqualTo(137);
        assertThat(json(describe(neverRan).cause()).path("Containers").path(1).has("ExitCode"))
                .isFalse();
    }

    @Test
    void a_task_that_nobody_waits_for_is_stopped() {
        String execution = start(task("arn:aws:states:::ecs:runTask.sync", "{'TaskDefinition': 'train:1'}"));
        loop.runUntilIdle();

        sfn.stopExecution(request -> request.executionArn(execution));
        loop.runUntilIdle();

        assertThat(ecs.stops).containsExactly("arn:task/1 in arn:cluster/c");
    }

    @Test
    void a_task_without_a_place_fails_a_state_that_waits() {
        ecs.failures.add(
                Failure.builder().reason("Capacity is unavailable at this time").build());

        DescribeExecutionResponse end = run(task("arn:aws:states:::ecs:runTask.sync", "{'TaskDefinition': 'train:1'}"));

        assertThat(end.error()).isEqualTo("AmazonECS.Unknown");
        assertThat(end.cause()).contains("Capacity is unavailable");
    }

    @Test
    void refusals_of_ecs_have_the_names_of_the_old_sdk() {
        ecs.refusals.add(RecordingEcs.refused(ClusterNotFoundException.builder(), "ClusterNotFoundException"));
        ecs.refusals.add(RecordingEcs.refused(EcsException.builder(), "ThrottlingException"));
        String task = task("arn:aws:states:::ecs:runTask.sync", "{'TaskDefinition': 'train:1'}");

        DescribeExecutionResponse notFound = run(task);
        DescribeExecutionResponse throttled = run(task);

        assertThat(notFound.error()).isEqualTo("ECS.ClusterNotFoundException");
        assertThat(throttled.error()).isEqualTo("ECS.AmazonECSException");
        assertThat(throttled.cause())
                .isEqualTo("Refused. (Service: AmazonECS; Status Code: 400; Error Code: ThrottlingException;"
                        + " Request ID: in-memory; Proxy: null)");
    }

    @Test
    void refusals_through_the_sdk_have_the_names_of_the_new_one() {
        ecs.refusals.add(RecordingEcs.refused(EcsException.builder(), "ThrottlingException"));

        DescribeExecutionResponse end =
                run(task("arn:aws:states:::aws-sdk:ecs:runTask", "{'TaskDefinition': 'train:1'}"));

        assertThat(end.error()).isEqualTo("Ecs.EcsException");
        assertThat(end.cause())
                .isEqualTo("Refused. (Service: Ecs, Status Code: 400, Request ID: in-memory) (SDK Attempt Count: 1)");
    }

    @Test
    void arguments_that_do_not_fit_are_told() {
        DescribeExecutionResponse end =
                run(task("arn:aws:states:::ecs:runTask.sync", "{'TaskDefinition': 'train:1', 'LaunchTyp': 'FARGATE'}"));

        assertThat(end.error()).isEqualTo("States.Runtime");
        assertThat(end.cause())
                .isEqualTo(
                        "The Parameters '{\"TaskDefinition\":\"train:1\",\"LaunchTyp\":\"FARGATE\"}' could not be used to start the Task:"
                                + " [The field \"LaunchTyp\" is not supported by Step Functions]");
    }

    @Test
    void a_job_of_batch_is_marked_and_waited_for() {
        String execution = start(task(
                "arn:aws:states:::batch:submitJob.sync",
                "{'JobName': 'j', 'JobQueue': 'q', 'JobDefinition': 'd', 'ContainerOverrides':"
                        + "{'Environment': [{'Name': 'A', 'Value': '1'}]}}"));
        loop.runUntilIdle();
        assertThat(batch.requests.get(0).containerOverrides().environment())
                .extracting(variable -> variable.name() + "=" + variable.value())
                .containsExactly("A=1", "MANAGED_BY_AWS=STARTED_BY_STEP_FUNCTIONS");

        batch.end(
                "job-1", JobDetail.builder().jobId("job-1").status("SUCCEEDED").build());
        loop.runUntilIdle();

        assertThat(describe(execution).output()).isEqualTo("{\"JobId\":\"job-1\",\"Status\":\"SUCCEEDED\"}");
    }

    @Test
    void a_job_that_failed_is_the_cause_of_the_failure() {
        String execution = start(task(
                "arn:aws:states:::batch:submitJob.sync", "{'JobName': 'j', 'JobQueue': 'q', 'JobDefinition': 'd'}"));
        loop.runUntilIdle();

        batch.end(
                "job-1",
                JobDetail.builder()
                        .jobId("job-1")
                        .status("FAILED")
                        .container(ContainerDetail.builder().exitCode(3).build())
                        .build());
        loop.runUntilIdle();

        assertThat(describe(execution).error()).isEqualTo("States.TaskFailed");
        assertThat(describe(execution).cause())
                .isEqualTo("{\"JobId\":\"job-1\",\"Status\":\"FAILED\",\"Container\":{\"ExitCode\":3}}");
    }

    @Test
    void a_job_that_nobody_waits_for_is_terminated() {
        run("{'StartAt': 'T', 'States': {'T': {'Type': 'Task', 'Resource': 'arn:aws:states:::batch:submitJob.sync',"
                + "'TimeoutSeconds': 60, 'End': true, 'Parameters':"
                + "{'JobName': 'j', 'JobQueue': 'q', 'JobDefinition': 'd'}}}}");

        assertThat(batch.terminations).containsExactly("job-1");
    }

    @Test
    void a_job_that_is_submitted_only_is_not_waited_for() {
        batch.refusals.add(RecordingEcs.refused(BatchException.builder(), "TooManyRequestsException"));
        String task =
                task("arn:aws:states:::batch:submitJob", "{'JobName': 'j', 'JobQueue': 'q', 'JobDefinition': 'd'}");

        DescribeExecutionResponse throttled = run(task);
        DescribeExecutionResponse submitted = run(task);

        assertThat(throttled.error()).isEqualTo("Batch.AWSBatchException");
        assertThat(json(submitted.output()).path("JobId").asText()).isEqualTo("job-1");
        assertThat(batch.requests.get(1).containerOverrides()).isNull();
    }

    @Test
    void items_of_dynamo_db_are_written_and_read() {
        createTable();
        run(task(
                "arn:aws:states:::dynamodb:putItem",
                "{'TableName': 'items', 'Item': {'pk': {'S': 'a'}, 'n': {'N': '1'}}}"));
        run(task(
                "arn:aws:states:::dynamodb:updateItem",
                "{'TableName': 'items', 'Key': {'pk': {'S': 'a'}}, 'UpdateExpression': 'ADD n :one',"
                        + "'ExpressionAttributeValues': {':one': {'N': '1'}}}"));

        DescribeExecutionResponse read =
                run(task("arn:aws:states:::dynamodb:getItem", "{'TableName': 'items', 'Key': {'pk': {'S': 'a'}}}"));
        DescribeExecutionResponse refused = run(
                task(
                        "arn:aws:states:::dynamodb:deleteItem",
                        "{'TableName': 'items', 'Key': {'pk': {'S': 'a'}}, 'ConditionExpression': 'attribute_not_exists(pk)'}"));
        DescribeExecutionResponse scanned =
                run(task("arn:aws:states:::aws-sdk:dynamodb:scan", "{'TableName': 'items'}"));

        assertThat(json(read.output()).path("Item").path("n").path("N").asText())
                .isEqualTo("2");
        assertThat(refused.error()).isEqualTo("DynamoDB.ConditionalCheckFailedException");
        assertThat(json(scanned.output()).path("Count").asInt()).isEqualTo(1);
    }

    private void createTable() {
        dynamoDb.createTable(request -> request.tableName("items")
                .attributeDefinitions(attribute -> attribute.attributeName("pk").attributeType("S"))
                .keySchema(key -> key.attributeName("pk").keyType(KeyType.HASH))
                .billingMode("PAY_PER_REQUEST"));
    }

    @Test
    void objects_of_s3_are_written_and_read_with_their_bodies() {
        s3.createBucket(request -> request.bucket("data"));
        run(task("arn:aws:states:::aws-sdk:s3:putObject", "{'Bucket': 'data', 'Key': 'a.json', 'Body': {'x': 1}}"));

        DescribeExecutionResponse read =
                run(task("arn:aws:states:::aws-sdk:s3:getObject", "{'Bucket': 'data', 'Key': 'a.json'}"));
        DescribeExecutionResponse missing =
                run(task("arn:aws:states:::aws-sdk:s3:getObject", "{'Bucket': 'data', 'Key': 'b.json'}"));
        DescribeExecutionResponse listed = run(task("arn:aws:states:::aws-sdk:s3:listObjectsV2", "{'Bucket': 'data'}"));

        assertThat(json(read.output()).path("Body").asText()).isEqualTo("{\"x\":1}");
        assertThat(missing.error()).isEqualTo("S3.NoSuchKeyException");
        assertThat(missing.cause()).endsWith("(SDK Attempt Count: 1)");
        assertThat(json(listed.output()).path("Contents").path(0).path("Key").asText())
                .isEqualTo("a.json");
    }

    @Test
    void the_body_of_an_object_is_written_as_json_whatever_it_is() {
        s3.createBucket(request -> request.bucket("data"));
        run(task("arn:aws:states:::aws-sdk:s3:putObject", "{'Bucket': 'data', 'Key': 'text', 'Body': 'hello'}"));
        run(task(
                "arn:aws:states:::aws-sdk:s3:putObject",
                "{'Bucket': 'data', 'Key': 'null', 'Body': null, 'ContentType': 'a/b'}"));

        var text = s3.getObjectAsBytes(request -> request.bucket("data").key("text"));
        var none = s3.getObjectAsBytes(request -> request.bucket("data").key("null"));

        assertThat(text.asUtf8String()).isEqualTo("\"hello\"");
        assertThat(text.response().contentType()).isEqualTo("text/plain; charset=UTF-8");
        assertThat(none.asUtf8String()).isEqualTo("null");
        assertThat(none.response().contentType()).isEqualTo("a/b");
    }

    @Test
    void a_distributed_map_reads_its_items_from_s3() {
        s3.createBucket(request -> request.bucket("data"));
        s3.putObject(
                request -> request.bucket("data").key("items.json"), RequestBody.fromString("[{\"i\":1},{\"i\":2}]"));

        DescribeExecutionResponse end =
                run("{'StartAt': 'M', 'States': {'M': {'Type': 'Map', 'ItemReader': {'Resource':"
                        + "'arn:aws:states:::s3:getObject', 'ReaderConfig': {'InputType': 'JSON'}, 'Parameters':"
                        + "{'Bucket': 'data', 'Key': 'items.json'}}, 'ItemProcessor': {'ProcessorConfig':"
                        + "{'Mode': 'DISTRIBUTED', 'ExecutionType': 'STANDARD'}, 'StartAt': 'P', 'States':"
                        + "{'P': {'Type': 'Pass', 'End': true}}}, 'End': true}}}");

        assertThat(end.output()).isEqualTo("[{\"i\":1},{\"i\":2}]");
    }

    @Test
    void the_objects_of_maps_are_listed_as_s3_lists_them_and_refused_by_their_codes() {
        S3ObjectStore store = new S3ObjectStore(s3);
        s3.createBucket(request -> request.bucket("data"));
        store.write("data", "p/a", "one".getBytes(UTF_8));
        store.write("data", "q/b", "two".getBytes(UTF_8));

        assertThat(store.list("data", "p/")).hasSize(1).first().satisfies(entry -> {
            assertThat(entry.path("Key").asText()).isEqualTo("p/a");
            assertThat(entry.path("Size").asLong()).isEqualTo(3);
            assertThat(entry.path("LastModified").asLong()).isEqualTo(loop.now().getEpochSecond());
            assertThat(entry.path("Etag").asText()).startsWith("\"");
        });
        assertThat(new String(store.read("data", "q/b"), UTF_8)).isEqualTo("two");
        assertThatThrownBy(() -> store.read("data", "nope"))
                .isInstanceOfSatisfying(
                        ObjectStoreException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo("NoSuchKey"));
    }

    @Test
    void what_is_not_in_memory_is_named() {
        DescribeExecutionResponse service =
                run(task("arn:aws:states:::sqs:sendMessage", "{'QueueUrl': 'q', 'MessageBody': 'x'}"));
        DescribeExecutionResponse operation = run(task("arn:aws:states:::aws-sdk:lambda:listLayers", "{}"));
        DescribeExecutionResponse misspelt = run(task("arn:aws:states:::aws-sdk:lambda:invok", "{}"));

        assertThat(service.cause()).contains("`arn:aws:states:::sqs:sendMessage` is not in memory");
        assertThat(operation.cause())
                .isEqualTo("`arn:aws:states:::aws-sdk:lambda:listLayers` failed:"
                        + " LambdaClient.listLayers is not in memory.");
        assertThat(misspelt.cause()).contains("`arn:aws:states:::aws-sdk:lambda:invok` is not in memory");
    }

    private static Task stopped(Integer... exitCodes) {
        Container[] containers = Stream.of(exitCodes)
                .map(code -> Container.builder().exitCode(code).build())
                .toArray(Container[]::new);
        return Task.builder()
                .taskArn("arn:task/1")
                .stoppedReason("It ended.")
                .containers(containers)
                .build();
    }

    private static String task(String resource, String parameters) {
        return "{'StartAt': 'T', 'States': {'T': {'Type': 'Task', 'Resource': '" + resource + "', 'Parameters': "
                + parameters + ", 'End': true}}}";
    }

    private String start(String definition) {
        String name = "machine-" + ++machines;
        String machine = sfn.createStateMachine(request -> request.name(name)
                        .roleArn("arn:aws:iam::111111111111:role/flow")
                        .definition(definition.replace('\'', '"')))
                .stateMachineArn();
        return sfn.startExecution(request -> request.stateMachineArn(machine).input("{\"in\":1}"))
                .executionArn();
    }

    private DescribeExecutionResponse run(String definition) {
        String execution = start(definition);
        loop.runUntilIdle();
        return describe(execution);
    }

    private DescribeExecutionResponse describe(String execution) {
        return sfn.describeExecution(request -> request.executionArn(execution));
    }

    private String submitted(String execution) {
        return sfn.getExecutionHistory(request -> request.executionArn(execution)).events().stream()
                .filter(event -> event.type() == HistoryEventType.TASK_SUBMITTED)
                .map(HistoryEvent::taskSubmittedEventDetails)
                .findFirst()
                .orElseThrow()
                .output();
    }

    private static JsonNode json(String text) {
        return Json.parse(text);
    }
}

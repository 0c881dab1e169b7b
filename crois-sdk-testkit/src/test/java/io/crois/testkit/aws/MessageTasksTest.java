package io.crois.testkit.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.crois.testkit.time.VirtualEventLoop;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sqs.model.Message;

/** Tasks that send messages: {@code sqs:sendMessage}, {@code sns:publish}, and the same through {@code aws-sdk}. */
final class MessageTasksTest {

    private final VirtualEventLoop loop = VirtualEventLoop.create();
    private final InMemoryAws aws = InMemoryAws.builder().eventLoop(loop).build();
    private final String queue =
            aws.sqs().createQueue(request -> request.queueName("work")).queueUrl();

    private String start(String resource, String parameters) {
        String definition = "{'StartAt': 'T', 'States': {'T': {'Type': 'Task', 'Resource': 'arn:aws:states:::"
                + resource + "', 'Parameters': " + parameters + ", 'End': true}}}";
        String machine = aws.sfn()
                .createStateMachine(request -> request.name("m")
                        .roleArn("arn:aws:iam::111111111111:role/flow")
                        .definition(definition.replace('\'', '"')))
                .stateMachineArn();
        String execution = aws.sfn()
                .startExecution(request -> request.stateMachineArn(machine).input("{\"a\":[1,2]}"))
                .executionArn();
        loop.runUntilIdle();
        return execution;
    }

    private DescribeExecutionResponse describe(String execution) {
        return aws.sfn().describeExecution(request -> request.executionArn(execution));
    }

    private Message received() {
        return aws.sqs()
                .receiveMessage(request -> request.queueUrl(queue))
                .messages()
                .get(0);
    }

    @Test
    void json_is_sent_as_text() {
        String execution = start("sqs:sendMessage", "{'QueueUrl': '" + queue + "', 'MessageBody': {'items.$': '$.a'}}");

        assertThat(received().body()).isEqualTo("{\"items\":[1,2]}");
        assertThat(describe(execution).output())
                .contains("\"MD5OfMessageBody\":\"", "\"MessageId\":\"", "\"SdkHttpMetadata\":");
    }

    @Test
    void a_task_waits_for_the_one_who_received_its_token() {
        String execution = start(
                "sqs:sendMessage.waitForTaskToken", "{'QueueUrl': '" + queue + "', 'MessageBody.$': '$$.Task.Token'}");
        assertThat(describe(execution).status()).isEqualTo(ExecutionStatus.RUNNING);

        String token = received().body();
        aws.sfn().sendTaskSuccess(request -> request.taskToken(token).output("\"done\""));
        loop.runUntilIdle();

        assertThat(describe(execution).output()).isEqualTo("\"done\"");
    }

    @Test
    void a_publication_reaches_the_queue_that_is_subscribed() {
        String topic = aws.sns().createTopic(request -> request.name("news")).topicArn();
        aws.sns()
                .subscribe(request -> request.topicArn(topic)
                        .protocol("sqs")
                        .endpoint("arn:aws:sqs:us-east-1:111111111111:work")
                        .attributes(Map.of("RawMessageDelivery", "true")));

        String execution = start("sns:publish", "{'TopicArn': '" + topic + "', 'Message': {'n.$': '$.a[1]'}}");

        assertThat(received().body()).isEqualTo("{\"n\":2}");
        assertThat(describe(execution).output()).contains("\"MessageId\":\"");
    }

    @Test
    void what_the_services_refuse_fails_the_task_by_the_names_of_the_integration() {
        DescribeExecutionResponse noQueue =
                describe(start("sqs:sendMessage", "{'QueueUrl': 'nowhere', 'MessageBody': 'x'}"));

        assertThat(noQueue.error()).isEqualTo("SQS.QueueDoesNotExistException");
        assertThat(noQueue.cause())
                .startsWith("The specified queue does not exist. (Service: AmazonSQS; Status Code: 400; Error Code: "
                        + "AWS.SimpleQueueService.NonExistentQueue; Request ID: ");
    }

    @Test
    void a_topic_that_is_not_there_is_not_found() {
        DescribeExecutionResponse noTopic = describe(
                start("sns:publish", "{'TopicArn': 'arn:aws:sns:us-east-1:111111111111:nowhere', 'Message': 'x'}"));

        assertThat(noTopic.error()).isEqualTo("SNS.NotFoundException");
        assertThat(noTopic.cause())
                .startsWith(
                        "Topic does not exist (Service: AmazonSNS; Status Code: 404; Error Code: NotFound; Request ID: ");
    }

    @Test
    void every_operation_in_memory_is_reached_through_aws_sdk() {
        String execution = start("aws-sdk:sqs:getQueueUrl", "{'QueueName': 'work'}");

        assertThat(describe(execution).output()).isEqualTo("{\"QueueUrl\":\"" + queue + "\"}");
    }

    @Test
    void a_service_that_is_not_in_memory_is_named() {
        DescribeExecutionResponse end = describe(start("aws-sdk:glue:startCrawler", "{'Name': 'c'}"));

        assertThat(end.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(end.cause()).contains("arn:aws:states:::aws-sdk:glue:startCrawler", "is not in memory");
    }
}

package io.crois.testkit.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.IntNode;
import io.crois.testkit.policy.Principal;
import io.crois.testkit.time.VirtualEventLoop;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatchlogs.model.CloudWatchLogsException;
import software.amazon.awssdk.services.scheduler.model.SchedulerException;
import software.amazon.awssdk.services.sns.model.SnsException;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** Queues, topics and schedules are reached by whom policies allow. */
final class MessagePermissionsTest {
    private static final String A = "111111111111";
    private static final String ROLE = "arn:aws:iam::" + A + ":role/sender";

    private final InMemoryAws aws = InMemoryAws.create();
    private String queue = "";
    private String topic = "";

    @BeforeEach
    void a_queue_and_a_topic() {
        queue = aws.sqs().createQueue(request -> request.queueName("events")).queueUrl();
        topic = aws.sns().createTopic(request -> request.name("news")).topicArn();
        aws.iam()
                .createRole(request -> request.roleName("sender")
                        .assumeRolePolicyDocument(policy("{'Effect':'Allow','Principal':{'Service':"
                                + "'lambda.amazonaws.com'},'Action':'sts:AssumeRole'}")));
    }

    private static String policy(String statements) {
        return ("{'Version':'2012-10-17','Statement':[" + statements + "]}").replace('\'', '"');
    }

    private ActingClients sender() {
        return aws.as(Principal.session(ROLE, "run-1"));
    }

    private void allow(String statement) {
        aws.iam()
                .putRolePolicy(
                        request -> request.roleName("sender").policyName("work").policyDocument(policy(statement)));
    }

    @Test
    void a_message_is_sent_by_whom_a_policy_allows_it_alone_or_in_a_batch() {
        assertThatThrownBy(() -> sender().sqs()
                        .sendMessage(request -> request.queueUrl(queue).messageBody("x")))
                .isInstanceOf(SqsException.class)
                .hasMessageContaining("is not authorized to perform: sqs:SendMessage on resource:"
                        + " arn:aws:sqs:us-east-1:" + A + ":events")
                .satisfies(denied ->
                        assertThat(((SqsException) denied).statusCode()).isEqualTo(403));

        allow("{'Effect':'Allow','Action':'sqs:SendMessage','Resource':'arn:aws:sqs:us-east-1:" + A + ":events'}");
        sender().sqs().sendMessage(request -> request.queueUrl(queue).messageBody("x"));
        sender().sqs()
                .sendMessageBatch(request ->
                        request.queueUrl(queue).entries(entry -> entry.id("1").messageBody("y")));

        assertThatThrownBy(() -> sender().sqs().receiveMessage(request -> request.queueUrl(queue)))
                .isInstanceOf(SqsException.class)
                .hasMessageContaining("sqs:ReceiveMessage");
    }

    @Test
    void a_queues_own_policy_admits_and_denies() {
        aws.sqs()
                .setQueueAttributes(request -> request.queueUrl(queue)
                        .attributes(Map.of(
                                QueueAttributeName.POLICY,
                                policy("{'Effect':'Allow','Principal':{'AWS':'" + ROLE + "'},'Action':'sqs:*',"
                                        + "'Resource':'*'},{'Effect':'Deny','Principal':'*','Action':"
                                        + "'sqs:PurgeQueue','Resource':'*'}"))));

        sender().sqs().sendMessage(request -> request.queueUrl(queue).messageBody("x"));
        assertThatThrownBy(() -> sender().sqs().purgeQueue(request -> request.queueUrl(queue)))
                .isInstanceOf(SqsException.class)
                .hasMessageContaining("with an explicit deny in a resource-based policy");
    }

    @Test
    void a_topic_is_published_to_by_whom_a_policy_allows_it() {
        assertThatThrownBy(() -> sender().sns()
                        .publish(request -> request.topicArn(topic).message("x")))
                .isInstanceOf(SnsException.class)
                .hasMessageContaining("is not authorized to perform: sns:Publish");

        allow("{'Effect':'Allow','Action':'sns:Publish','Resource':'" + topic + "'}");
        sender().sns().publish(request -> request.topicArn(topic).message("x"));
        assertThatThrownBy(() -> sender().sns().deleteTopic(request -> request.topicArn(topic)))
                .isInstanceOf(SnsException.class)
                .hasMessageContaining("sns:DeleteTopic");
    }

    @Test
    void a_schedule_is_made_in_a_group_that_a_policy_names_and_with_a_role_that_may_be_passed() {
        aws.scheduler().createScheduleGroup(request -> request.name("mine"));
        allow("{'Effect':'Allow','Action':'scheduler:CreateSchedule','Resource':'arn:aws:scheduler:us-east-1:" + A
                + ":schedule/mine/*'}");

        assertThatThrownBy(() -> schedule("default"))
                .isInstanceOf(SchedulerException.class)
                .hasMessageContaining("scheduler:CreateSchedule on resource: arn:aws:scheduler:us-east-1:" + A
                        + ":schedule/default/nightly");
        assertThatThrownBy(() -> schedule("mine"))
                .isInstanceOf(SchedulerException.class)
                .hasMessageContaining("iam:PassRole");
        assertThatThrownBy(() -> sender().scheduler().createScheduleGroup(request -> request.name("other")))
                .isInstanceOf(SchedulerException.class)
                .hasMessageContaining("arn:aws:scheduler:us-east-1:" + A + ":schedule-group/other");
    }

    private void schedule(String group) {
        sender().scheduler()
                .createSchedule(request -> request.groupName(group)
                        .name("nightly")
                        .scheduleExpression("rate(1 day)")
                        .flexibleTimeWindow(window -> window.mode("OFF"))
                        .target(target -> target.arn("arn:aws:lambda:us-east-1:" + A + ":function:start")
                                .roleArn(ROLE)));
    }

    @Test
    void a_log_is_read_by_whom_a_policy_names_its_stream() {
        aws.logs().createLogGroup(request -> request.logGroupName("/crois/tasks"));
        aws.logs()
                .createLogStream(request -> request.logGroupName("/crois/tasks").logStreamName("red/1"));
        allow("{'Effect':'Allow','Action':'logs:GetLogEvents','Resource':'arn:aws:logs:us-east-1:" + A
                + ":log-group:/crois/tasks:log-stream:red/*'}");

        sender().logs()
                .getLogEvents(request -> request.logGroupName("/crois/tasks").logStreamName("red/1"));
        assertThatThrownBy(() -> sender().logs()
                        .getLogEvents(
                                request -> request.logGroupName("/crois/tasks").logStreamName("blue/1")))
                .isInstanceOf(CloudWatchLogsException.class)
                .hasMessageContaining("logs:GetLogEvents on resource: arn:aws:logs:us-east-1:" + A
                        + ":log-group:/crois/tasks:log-stream:blue/1");
    }

    @Test
    void a_rule_sends_to_a_queue_only_if_the_queues_policy_admits_it() {
        InMemoryAws enforced = InMemoryAws.builder().enforcePermissions().build();
        String inbox = enforced.sqs()
                .createQueue(request -> request.queueName("inbox"))
                .queueUrl();
        String rule = enforced.eventBridge()
                .putRule(request -> request.name("all").eventPattern("{\"source\": [\"mine\"]}"))
                .ruleArn();
        enforced.eventBridge()
                .putTargets(request -> request.rule("all")
                        .targets(target -> target.id("inbox").arn("arn:aws:sqs:us-east-1:" + A + ":inbox")));

        publish(enforced);
        assertThat(received(enforced, inbox)).isZero();
        assertThat(enforced.denials())
                .singleElement()
                .satisfies(denial -> assertThat(denial.message())
                        .contains("events.amazonaws.com is not authorized to perform: sqs:SendMessage"));

        enforced.sqs()
                .setQueueAttributes(request -> request.queueUrl(inbox)
                        .attributes(Map.of(
                                QueueAttributeName.POLICY,
                                policy("{'Effect':'Allow','Principal':{'Service':'events.amazonaws.com'},'Action':"
                                        + "'sqs:SendMessage','Resource':'*','Condition':{'ArnEquals':"
                                        + "{'aws:SourceArn':'" + rule + "'}}}"))));
        publish(enforced);
        assertThat(received(enforced, inbox)).isEqualTo(1);
    }

    @Test
    void a_topic_sends_to_a_queue_only_if_the_queues_policy_admits_it() {
        InMemoryAws enforced = InMemoryAws.builder().enforcePermissions().build();
        String inbox = enforced.sqs()
                .createQueue(request -> request.queueName("inbox"))
                .queueUrl();
        String news =
                enforced.sns().createTopic(request -> request.name("news")).topicArn();
        enforced.sns()
                .subscribe(request ->
                        request.topicArn(news).protocol("sqs").endpoint("arn:aws:sqs:us-east-1:" + A + ":inbox"));
        VirtualEventLoop loop = (VirtualEventLoop) enforced.eventLoop();

        enforced.sns().publish(request -> request.topicArn(news).message("one"));
        loop.advance(Duration.ofMinutes(1));
        assertThat(received(enforced, inbox)).isZero();

        enforced.sqs()
                .setQueueAttributes(request -> request.queueUrl(inbox)
                        .attributes(Map.of(
                                QueueAttributeName.POLICY,
                                policy("{'Effect':'Allow','Principal':{'Service':'sns.amazonaws.com'},'Action':"
                                        + "'sqs:SendMessage','Resource':'*','Condition':{'ArnEquals':"
                                        + "{'aws:SourceArn':'" + news + "'}}}"))));
        enforced.sns().publish(request -> request.topicArn(news).message("two"));
        loop.advance(Duration.ofMinutes(1));
        assertThat(received(enforced, inbox)).isEqualTo(1);
    }

    private static void publish(InMemoryAws aws) {
        aws.eventBridge()
                .putEvents(request -> request.entries(
                        entry -> entry.source("mine").detailType("t").detail("{}")));
        ((VirtualEventLoop) aws.eventLoop()).advance(Duration.ofMinutes(1));
    }

    private static int received(InMemoryAws aws, String queueUrl) {
        return aws.sqs()
                .receiveMessage(request -> request.queueUrl(queueUrl).maxNumberOfMessages(10))
                .messages()
                .size();
    }

    @Test
    void a_schedule_starts_only_what_its_role_may_start_and_only_if_the_role_trusts_the_scheduler() {
        InMemoryAws enforced = InMemoryAws.builder().enforcePermissions().build();
        AtomicInteger calls = new AtomicInteger();
        enforced.lambdaFunction("start", input -> IntNode.valueOf(calls.incrementAndGet()));
        enforced.iam()
                .createRole(request -> request.roleName("sender")
                        .assumeRolePolicyDocument(policy("{'Effect':'Allow','Principal':{'Service':"
                                + "'scheduler.amazonaws.com'},'Action':'sts:AssumeRole'}")));
        enforced.scheduler()
                .createSchedule(request -> request.name("often")
                        .scheduleExpression("rate(1 minutes)")
                        .flexibleTimeWindow(window -> window.mode("OFF"))
                        .target(target -> target.arn("arn:aws:lambda:us-east-1:" + A + ":function:start")
                                .roleArn(ROLE)));
        VirtualEventLoop loop = (VirtualEventLoop) enforced.eventLoop();

        loop.advance(Duration.ofMinutes(3));
        assertThat(calls).hasValue(0);
        assertThat(enforced.denials())
                .first()
                .satisfies(denial -> assertThat(denial.message()).contains("lambda:InvokeFunction"));

        enforced.iam()
                .putRolePolicy(request -> request.roleName("sender")
                        .policyName("work")
                        .policyDocument(policy("{'Effect':'Allow','Action':'lambda:InvokeFunction','Resource':"
                                + "'arn:aws:lambda:us-east-1:" + A + ":function:start'}")));
        loop.advance(Duration.ofMinutes(3));
        assertThat(calls.get()).isPositive();

        int before = calls.get();
        enforced.iam()
                .updateAssumeRolePolicy(request -> request.roleName("sender")
                        .policyDocument(policy("{'Effect':'Allow','Principal':{'Service':'ec2.amazonaws.com'},"
                                + "'Action':'sts:AssumeRole'}")));
        loop.advance(Duration.ofMinutes(3));
        assertThat(calls).hasValue(before);
    }
}

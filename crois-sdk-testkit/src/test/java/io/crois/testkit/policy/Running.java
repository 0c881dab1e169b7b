package io.crois.testkit.policy;

import io.crois.contract.ItemList;
import io.crois.contract.ProjectNames;
import io.crois.contract.Run;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.services.batch.model.DescribeJobDefinitionsRequest;
import software.amazon.awssdk.services.batch.model.DescribeJobsRequest;
import software.amazon.awssdk.services.batch.model.ListJobsRequest;
import software.amazon.awssdk.services.batch.model.RegisterJobDefinitionRequest;
import software.amazon.awssdk.services.batch.model.SubmitJobRequest;
import software.amazon.awssdk.services.batch.model.TerminateJobRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsRequest;
import software.amazon.awssdk.services.ecr.model.BatchGetImageRequest;
import software.amazon.awssdk.services.ecr.model.GetAuthorizationTokenRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTasksRequest;
import software.amazon.awssdk.services.ecs.model.ListTasksRequest;
import software.amazon.awssdk.services.ecs.model.StopTaskRequest;
import software.amazon.awssdk.services.eventbridge.model.PutRuleRequest;
import software.amazon.awssdk.services.eventbridge.model.PutTargetsRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.scheduler.model.CreateScheduleRequest;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretRequest;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionRequest;
import software.amazon.awssdk.services.sfn.model.GetExecutionHistoryRequest;
import software.amazon.awssdk.services.sfn.model.ListStateMachinesRequest;
import software.amazon.awssdk.services.sfn.model.StartExecutionRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/**
 * What running a workflow takes besides what the matrix is about: who does it is named by the beginning of the title.
 */
final class Running {

    private static final String ARN = "arn:aws:%s:us-east-1:" + IsolationAccount.ID + ":%s";

    private Running() {}

    static List<Operation> operations() {
        return Stream.of(ofMachines(), ofStarts(), ofPeople(), ofFunctions())
                .flatMap(operations -> operations)
                .toList();
    }

    private static Stream<Operation> ofFunctions() {
        String dead = "https://sqs.us-east-1.amazonaws.com/" + IsolationAccount.ID + "/crois-dead-events";
        return Stream.of(
                operation(
                        "start a health probe",
                        (account, project) -> StartExecutionRequest.builder()
                                .stateMachineArn(ARN.formatted(
                                        "states",
                                        "stateMachine:crois-" + new ProjectNames(project).prefix()
                                                + "-crois-probe-batch:1"))
                                .build()),
                operation(
                        "search tasks",
                        (account, project) ->
                                ListTasksRequest.builder().cluster("crois").build()),
                operation(
                        "search jobs",
                        (account, project) ->
                                ListJobsRequest.builder().jobQueue("crois-spot").build()),
                operation(
                        "keep an event that failed",
                        (account, project) -> SendMessageRequest.builder()
                                .queueUrl(dead)
                                .messageBody("{}")
                                .build()),
                operation(
                        "take an event that failed",
                        (account, project) ->
                                ReceiveMessageRequest.builder().queueUrl(dead).build()));
    }

    private static Stream<Operation> ofMachines() {
        return Stream.of(
                operation(
                        "watch a task",
                        (account, project) -> DescribeTasksRequest.builder()
                                .cluster("crois")
                                .tasks("1")
                                .build()),
                operation(
                        "stop a task",
                        (account, project) -> StopTaskRequest.builder()
                                .cluster("crois")
                                .task("1")
                                .build()),
                operation(
                        "submit a job",
                        (account, project) -> SubmitJobRequest.builder()
                                .jobName("train")
                                .jobDefinition("crois-" + new ProjectNames(project).prefix() + "-train")
                                .jobQueue("crois-spot")
                                .build()),
                operation(
                        "watch a job",
                        (account, project) ->
                                DescribeJobsRequest.builder().jobs("1").build()),
                operation(
                        "end a job",
                        (account, project) ->
                                TerminateJobRequest.builder().jobId("1").build()),
                operation(
                        "have tasks reported",
                        (account, project) -> PutTargetsRequest.builder()
                                .rule("StepFunctionsGetEventsForECSTaskRule")
                                .build()),
                operation(
                        "read the list of a large forEach",
                        (account, project) -> GetObjectRequest.builder()
                                .bucket("crois")
                                .key(list(project).key())
                                .build()),
                operation(
                        "write what the iterations of a large forEach ended with",
                        (account, project) -> PutObjectRequest.builder()
                                .bucket("crois")
                                .key(list(project).results() + "/1/SUCCEEDED_0.jsonl")
                                .build()),
                operation(
                        "watch an execution",
                        (account, project) -> DescribeExecutionRequest.builder()
                                .executionArn(ARN.formatted(
                                        "states",
                                        "execution:crois-" + new ProjectNames(project).prefix() + "-training:run-1"))
                                .build()));
    }

    /** What it takes before a container runs: an image, and on a machine of Batch the agent. */
    private static Stream<Operation> ofStarts() {
        return Stream.of(
                operation(
                        "log in to registries",
                        (account, project) ->
                                GetAuthorizationTokenRequest.builder().build()),
                operation(
                        "pull an image",
                        (account, project) -> BatchGetImageRequest.builder()
                                .repositoryName("demo/train")
                                .build()),
                operation(
                        "fetch the agent's bundle",
                        (account, project) -> GetObjectRequest.builder()
                                .bucket("code")
                                .key("agent.tar.gz")
                                .build()));
    }

    private static ItemList list(String project) {
        return ItemList.of("crois", Run.of(project, "run-1"), "tune");
    }

    private static Stream<Operation> ofPeople() {
        return Stream.of(
                operation(
                        "read a history",
                        (account, project) -> GetExecutionHistoryRequest.builder()
                                .executionArn(ARN.formatted(
                                        "states",
                                        "execution:crois-" + new ProjectNames(project).prefix() + "-training:run-1"))
                                .build()),
                operation(
                        "read what a container printed",
                        (account, project) -> GetLogEventsRequest.builder()
                                .logGroupName(account.platform.settings().taskLog())
                                .logStreamName("crois-" + new ProjectNames(project).prefix() + "-train/main/1")
                                .build()),
                operation(
                        "schedule a workflow",
                        (account, project) -> CreateScheduleRequest.builder()
                                .groupName(new ProjectNames(project).scheduleGroup("crois-"))
                                .name("nightly")
                                .target(target -> target.arn(ARN.formatted("lambda", "function:crois-start"))
                                        .roleArn("arn:aws:iam::" + IsolationAccount.ID
                                                + ":role/crois/crois-start-caller"))
                                .build()),
                operation(
                        "make a trigger",
                        (account, project) -> PutRuleRequest.builder()
                                .name(new ProjectNames(project).rule("crois-", "new-data"))
                                .build()),
                operation(
                        "aim a trigger at the function that starts",
                        (account, project) -> PutTargetsRequest.builder()
                                .rule(new ProjectNames(project).rule("crois-", "new-data"))
                                .targets(target -> target.arn(ARN.formatted("lambda", "function:crois-start")))
                                .build()),
                operation(
                        "find state machines",
                        (account, project) -> ListStateMachinesRequest.builder().build()),
                operation(
                        "find job definitions",
                        (account, project) ->
                                DescribeJobDefinitionsRequest.builder().build()),
                operation(
                        "find task definitions",
                        (account, project) -> DescribeTaskDefinitionRequest.builder()
                                .taskDefinition("crois-" + new ProjectNames(project).prefix() + "-train")
                                .build()),
                operation(
                        "define a job",
                        (account, project) -> RegisterJobDefinitionRequest.builder()
                                .jobDefinitionName("crois-" + new ProjectNames(project).prefix() + "-train")
                                .build()),
                operation(
                        "store a large item",
                        (account, project) -> PutObjectRequest.builder()
                                .bucket("crois")
                                .key(new ProjectNames(project).controlObjects() + "overflow/1")
                                .build()),
                operation(
                        "create a secret",
                        (account, project) -> CreateSecretRequest.builder()
                                .name(new ProjectNames(project).secrets() + "new")
                                .kmsKeyId(account.key(project))
                                .secretString("secret")
                                .build()));
    }

    private static Operation operation(
            String title, java.util.function.BiFunction<IsolationAccount, String, AwsRequest> call) {
        return new Operation(title, false, call);
    }
}

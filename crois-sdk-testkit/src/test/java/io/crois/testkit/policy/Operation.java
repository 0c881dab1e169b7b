package io.crois.testkit.policy;

import io.crois.contract.ProjectNames;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.iam.model.PutRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.UpdateAssumeRolePolicyRequest;
import software.amazon.awssdk.services.kms.model.CreateGrantRequest;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.EncryptRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyRequest;
import software.amazon.awssdk.services.kms.model.PutKeyPolicyRequest;
import software.amazon.awssdk.services.kms.model.ScheduleKeyDeletionRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.PutBucketPolicyRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.secretsmanager.model.DeleteSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.PutSecretValueRequest;
import software.amazon.awssdk.services.sfn.model.CreateStateMachineRequest;
import software.amazon.awssdk.services.sfn.model.StartExecutionRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;

/**
 * Something that somebody might do to a project.
 *
 * @param title what the matrix calls it
 * @param ofData whether it reads, writes or opens what a project keeps for itself
 * @param call the call on one project
 */
record Operation(String title, boolean ofData, BiFunction<IsolationAccount, String, AwsRequest> call) {

    private static final String ROLE = "arn:aws:iam::" + IsolationAccount.ID + ":role/";

    /** What can be done to a project, data first. */
    static List<Operation> onProjects() {
        return List.of(
                data(
                        "read an object",
                        (account, project) -> GetObjectRequest.builder()
                                .bucket("crois")
                                .key(new ProjectNames(project).objects() + "run-1/train/1/model")
                                .build()),
                data(
                        "write an object under the project's key",
                        (account, project) -> put(project)
                                .serverSideEncryption("aws:kms")
                                .ssekmsKeyId(account.key(project))
                                .build()),
                data(
                        "write an object under no key of its own",
                        (account, project) -> put(project).build()),
                data(
                        "list objects",
                        (account, project) -> ListObjectsV2Request.builder()
                                .bucket("crois")
                                .prefix(new ProjectNames(project).objects())
                                .build()),
                data(
                        "read the platform's objects about the project",
                        (account, project) -> GetObjectRequest.builder()
                                .bucket("crois")
                                .key(new ProjectNames(project).controlObjects() + "run-1/overflow")
                                .build()),
                other(
                        "delete an object",
                        (account, project) -> DeleteObjectRequest.builder()
                                .bucket("crois")
                                .key(new ProjectNames(project).objects() + "run-1/train/1/model")
                                .build()),
                data(
                        "decrypt with the key itself",
                        (account, project) -> DecryptRequest.builder()
                                .keyId(account.key(project))
                                .ciphertextBlob(SdkBytes.fromUtf8String("sealed"))
                                .build()),
                data(
                        "open a sealed argument",
                        (account, project) -> DecryptRequest.builder()
                                .keyId(account.key(project))
                                .ciphertextBlob(SdkBytes.fromUtf8String("sealed"))
                                .encryptionContext(sealing(project))
                                .build()),
                other(
                        "seal an argument",
                        (account, project) -> EncryptRequest.builder()
                                .keyId(account.key(project))
                                .plaintext(SdkBytes.fromUtf8String("text"))
                                .encryptionContext(sealing(project))
                                .build()),
                data(
                        "generate a data key",
                        (account, project) -> GenerateDataKeyRequest.builder()
                                .keyId(account.key(project))
                                .keySpec("AES_256")
                                .build()),
                data(
                        "read a secret",
                        (account, project) -> GetSecretValueRequest.builder()
                                .secretId(new ProjectNames(project).secrets() + "db")
                                .build()),
                other(
                        "write a secret",
                        (account, project) -> PutSecretValueRequest.builder()
                                .secretId(new ProjectNames(project).secrets() + "db")
                                .secretString("changed")
                                .build()),
                other(
                        "delete a secret",
                        (account, project) -> DeleteSecretRequest.builder()
                                .secretId(new ProjectNames(project).secrets() + "db")
                                .build()),
                data(
                        "read an item",
                        (account, project) -> GetItemRequest.builder()
                                .tableName("crois")
                                .key(item(project))
                                .build()),
                data(
                        "write an item",
                        (account, project) -> PutItemRequest.builder()
                                .tableName("crois")
                                .item(item(project))
                                .build()),
                data(
                        "query items",
                        (account, project) -> QueryRequest.builder()
                                .tableName("crois")
                                .keyConditionExpression("pk = :pk")
                                .expressionAttributeValues(
                                        Map.of(":pk", item(project).get("pk")))
                                .build()),
                data(
                        "run a task with the project's role",
                        (account, project) -> RunTaskRequest.builder()
                                .cluster("crois")
                                .taskDefinition("crois-" + new ProjectNames(project).prefix() + "-train")
                                .build()),
                data(
                        "define a task with the project's role",
                        (account, project) -> RegisterTaskDefinitionRequest.builder()
                                .family("crois-" + new ProjectNames(project).prefix() + "-train")
                                .taskRoleArn(taskRole(project))
                                .build()),
                data(
                        "make a state machine with the project's role",
                        (account, project) -> CreateStateMachineRequest.builder()
                                .name("crois-" + new ProjectNames(project).prefix() + "-training")
                                .roleArn(ROLE + "crois/" + new ProjectNames(project).flowRole())
                                .build()),
                data(
                        "start an execution",
                        (account, project) -> StartExecutionRequest.builder()
                                .stateMachineArn("arn:aws:states:us-east-1:" + IsolationAccount.ID
                                        + ":stateMachine:crois-" + new ProjectNames(project).prefix() + "-training")
                                .build()),
                data(
                        "take the project's role",
                        (account, project) -> AssumeRoleRequest.builder()
                                .roleArn(taskRole(project))
                                .build()),
                other(
                        "change the key's policy",
                        (account, project) -> PutKeyPolicyRequest.builder()
                                .keyId(account.key(project))
                                .policy("{}")
                                .build()),
                other(
                        "grant the key",
                        (account, project) -> CreateGrantRequest.builder()
                                .keyId(account.key(project))
                                .granteePrincipal(ROLE + "outsider")
                                .operationsWithStrings("Decrypt")
                                .build()),
                other(
                        "delete the key",
                        (account, project) -> ScheduleKeyDeletionRequest.builder()
                                .keyId(account.key(project))
                                .pendingWindowInDays(30)
                                .build()),
                other(
                        "change who may take the role",
                        (account, project) -> UpdateAssumeRolePolicyRequest.builder()
                                .roleName(new ProjectNames(project).taskRole())
                                .policyDocument("{}")
                                .build()),
                other(
                        "change the role's policy",
                        (account, project) -> PutRolePolicyRequest.builder()
                                .roleName(new ProjectNames(project).taskRole())
                                .policyName("more")
                                .policyDocument("{}")
                                .build()));
    }

    /** What can be done to the platform; there is no project in it. */
    static List<Operation> onThePlatform() {
        return List.of(
                data(
                        "scan the table",
                        (account, none) ->
                                ScanRequest.builder().tableName("crois").build()),
                data(
                        "list all objects",
                        (account, none) ->
                                ListObjectsV2Request.builder().bucket("crois").build()),
                other(
                        "change the bucket's policy",
                        (account, none) -> PutBucketPolicyRequest.builder()
                                .bucket("crois")
                                .policy("{}")
                                .build()));
    }

    private static Operation data(String title, BiFunction<IsolationAccount, String, AwsRequest> call) {
        return new Operation(title, true, call);
    }

    private static Operation other(String title, BiFunction<IsolationAccount, String, AwsRequest> call) {
        return new Operation(title, false, call);
    }

    private static PutObjectRequest.Builder put(String project) {
        return PutObjectRequest.builder()
                .bucket("crois")
                .key(new ProjectNames(project).objects() + "run-2/train/1/model");
    }

    private static Map<String, String> sealing(String project) {
        return Map.of("crois:project", project, "crois:workflow", "training", "crois:parameter", "password");
    }

    private static Map<String, AttributeValue> item(String project) {
        return Map.of(
                "pk",
                AttributeValue.fromS(new ProjectNames(project).items() + "run-1"),
                "sk",
                AttributeValue.fromS("EXECUTION"));
    }

    private static String taskRole(String project) {
        return ROLE + "crois/" + new ProjectNames(project).taskRole();
    }
}

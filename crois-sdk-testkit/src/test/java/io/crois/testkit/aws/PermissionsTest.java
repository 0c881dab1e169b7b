package io.crois.testkit.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.IntNode;
import io.crois.testkit.policy.Principal;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;
import software.amazon.awssdk.services.sfn.model.SfnException;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.StsException;

/** Calls are decided for who makes them, by the policies that the account holds. */
final class PermissionsTest {

    private static final String A = "111111111111";
    private static final String TASK = "arn:aws:iam::" + A + ":role/crois/red-task";
    private static final String ADMINISTRATOR = "arn:aws:iam::" + A + ":role/administrator";

    private final InMemoryAws aws = InMemoryAws.builder().enforcePermissions().build();
    private String key = "";

    @BeforeEach
    void an_account_with_a_project_and_its_administrator() {
        role("/crois/", "red-task", "ecs-tasks.amazonaws.com");
        role("/", "administrator", "ec2.amazonaws.com");
        aws.iam()
                .attachRolePolicy(attach ->
                        attach.roleName("administrator").policyArn("arn:aws:iam::aws:policy/AdministratorAccess"));
        aws.s3().createBucket(create -> create.bucket("data"));
        key = aws.kms()
                .createKey(create -> create.policy(policy("{'Sid':'Data','Effect':'Allow','Principal':{'AWS':'" + TASK
                        + "'},'Action':['kms:Decrypt','kms:GenerateDataKey'],'Resource':'*','Condition':{'StringEquals':"
                        + "{'kms:ViaService':['s3.us-east-1.amazonaws.com','secretsmanager.us-east-1.amazonaws.com']}}},"
                        + "{'Sid':'Manage','Effect':'Allow','Principal':{'AWS':'arn:aws:iam::111111111111:root'},"
                        + "'Action':['kms:DescribeKey','kms:PutKeyPolicy'],'Resource':'*'}")))
                .keyMetadata()
                .arn();
    }

    @Test
    void a_role_without_a_policy_may_do_nothing() {
        assertThatThrownBy(() -> aws.as(task())
                        .s3()
                        .getObjectAsBytes(get -> get.bucket("data").key("red/x")))
                .isInstanceOf(S3Exception.class)
                .hasMessageContaining("User: arn:aws:sts::111111111111:assumed-role/red-task/run-1 is not authorized to"
                        + " perform: s3:GetObject on resource: arn:aws:s3:::data/red/x because no identity-based policy"
                        + " allows the s3:GetObject action")
                .satisfies(denied ->
                        assertThat(((S3Exception) denied).statusCode()).isEqualTo(403));
        assertThat(aws.denials())
                .singleElement()
                .satisfies(denial -> assertThat(denial.isAllowed()).isFalse());
    }

    @Test
    void an_object_under_a_key_is_read_by_whom_the_key_admits() {
        allow("red-task", "{'Effect':'Allow','Action':'s3:*','Resource':'arn:aws:s3:::data/red/*'}");
        putEncrypted("red/x");

        assertThat(aws.as(task())
                        .s3()
                        .getObjectAsBytes(get -> get.bucket("data").key("red/x"))
                        .asUtf8String())
                .isEqualTo("text");
        assertThatThrownBy(() -> aws.as(administrator())
                        .s3()
                        .getObjectAsBytes(get -> get.bucket("data").key("red/x")))
                .isInstanceOf(S3Exception.class)
                .hasMessageContaining("kms:Decrypt on resource: " + key + " because no resource-based policy allows")
                .hasRootCauseInstanceOf(SecurityException.class)
                .rootCause()
                .hasMessageContaining(
                        "`key/Data` (resource-based policy) does not allow it: it does not name the principal");
    }

    @Test
    void an_object_is_not_written_under_a_key_that_does_not_admit_the_writer() {
        assertThatThrownBy(() -> aws.as(administrator())
                        .s3()
                        .putObject(
                                put -> put.bucket("data")
                                        .key("red/x")
                                        .serverSideEncryption("aws:kms")
                                        .ssekmsKeyId(key),
                                RequestBody.fromString("text")))
                .isInstanceOf(S3Exception.class)
                .hasMessageContaining("kms:GenerateDataKey");
        assertThat(aws.s3().listObjectsV2(list -> list.bucket("data")).contents())
                .isEmpty();
    }

    @Test
    void a_key_is_used_only_by_way_of_the_services_that_it_names() {
        allow("red-task", "{'Effect':'Allow','Action':'kms:*','Resource':'*'}");
        SdkBytes sealed = aws.kms()
                .encrypt(encrypt -> encrypt.keyId(key).plaintext(SdkBytes.fromUtf8String("text")))
                .ciphertextBlob();

        assertThatThrownBy(() -> aws.as(task()).kms().decrypt(decrypt -> decrypt.ciphertextBlob(sealed)))
                .isInstanceOf(KmsException.class)
                .hasMessageContaining("because no resource-based policy allows the kms:Decrypt action")
                .satisfies(denied -> assertThat(
                                ((KmsException) denied).awsErrorDetails().errorCode())
                        .isEqualTo("AccessDeniedException"));
    }

    @Test
    void the_administrator_manages_the_key_and_does_not_use_it() {
        assertThatCode(() -> aws.as(administrator()).kms().describeKey(describe -> describe.keyId(key)))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> aws.as(administrator())
                        .kms()
                        .generateDataKey(generate -> generate.keyId(key).keySpec("AES_256")))
                .isInstanceOf(KmsException.class);
    }

    @Test
    void a_secret_under_a_key_is_read_by_whom_the_key_admits() {
        allow(
                "red-task",
                "{'Effect':'Allow','Action':'secretsmanager:GetSecretValue','Resource':'arn:aws:secretsmanager:*:*:secret:crois/red/*'}");
        aws.secretsManager()
                .createSecret(
                        create -> create.name("crois/red/db").secretString("s").kmsKeyId(key));
        aws.secretsManager()
                .createSecret(
                        create -> create.name("crois/blue/db").secretString("s").kmsKeyId(key));

        assertThat(aws.as(task())
                        .secretsManager()
                        .getSecretValue(get -> get.secretId("crois/red/db"))
                        .secretString())
                .isEqualTo("s");
        assertThatThrownBy(() -> aws.as(task()).secretsManager().getSecretValue(get -> get.secretId("crois/blue/db")))
                .isInstanceOf(SecretsManagerException.class)
                .hasMessageContaining("secretsmanager:GetSecretValue");
        assertThatThrownBy(() ->
                        aws.as(administrator()).secretsManager().getSecretValue(get -> get.secretId("crois/red/db")))
                .isInstanceOf(SecretsManagerException.class)
                .hasMessageContaining("kms:Decrypt");
    }

    @Test
    void items_are_reached_by_their_leading_keys() {
        aws.dynamoDb()
                .createTable(create -> create.tableName("crois")
                        .billingMode("PAY_PER_REQUEST")
                        .attributeDefinitions(pk -> pk.attributeName("pk").attributeType("S"))
                        .keySchema(pk -> pk.attributeName("pk").keyType(KeyType.HASH)));
        allow(
                "red-task",
                "{'Effect':'Allow','Action':['dynamodb:PutItem','dynamodb:Query','dynamodb:BatchGetItem'],'Resource':'*','Condition':"
                        + "{'ForAllValues:StringLike':{'dynamodb:LeadingKeys':'red#*'}}}");
        ActingClients clients = aws.as(task());

        assertThatCode(() ->
                        clients.dynamoDb().putItem(put -> put.tableName("crois").item(item("red#1"))))
                .doesNotThrowAnyException();
        assertThat(clients.dynamoDb()
                        .query(query -> query.tableName("crois")
                                .keyConditionExpression("#p = :p")
                                .expressionAttributeNames(Map.of("#p", "pk"))
                                .expressionAttributeValues(Map.of(":p", AttributeValue.fromS("red#1"))))
                        .items())
                .hasSize(1);
        assertThatThrownBy(() ->
                        clients.dynamoDb().putItem(put -> put.tableName("crois").item(item("blue#1"))))
                .isInstanceOf(DynamoDbException.class);
        assertThatThrownBy(() -> clients.dynamoDb()
                        .batchGetItem(get -> get.requestItems(Map.of(
                                "crois",
                                software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes.builder()
                                        .keys(item("red#1"), item("blue#1"))
                                        .build()))))
                .isInstanceOf(DynamoDbException.class);
        assertThatThrownBy(() -> clients.dynamoDb().scan(scan -> scan.tableName("crois")))
                .isInstanceOf(DynamoDbException.class);
    }

    @Test
    void a_role_is_assumed_by_whom_it_trusts_and_its_session_policy_limits_it() {
        aws.iam()
                .updateAssumeRolePolicy(trust -> trust.roleName("red-task")
                        .policyDocument(policy("{'Effect':'Allow','Principal':{'AWS':'" + ADMINISTRATOR
                                + "'},'Action':'sts:AssumeRole'}")));
        allow("red-task", "{'Effect':'Allow','Action':'s3:*','Resource':'*'}");

        assertThatThrownBy(() -> aws.as(task())
                        .sts()
                        .assumeRole(assume -> assume.roleArn(ADMINISTRATOR).roleSessionName("me")))
                .isInstanceOf(StsException.class)
                .hasMessageContaining("sts:AssumeRole on resource: " + ADMINISTRATOR);
        Credentials session = aws.as(administrator())
                .sts()
                .assumeRole(assume -> assume.roleArn(TASK)
                        .roleSessionName("me")
                        .policy(policy("{'Effect':'Allow','Action':'s3:ListBucket','Resource':'*'}")))
                .credentials();
        ActingClients clients = aws.as(session);
        assertThat(clients.sts().getCallerIdentity().arn())
                .isEqualTo("arn:aws:sts::111111111111:assumed-role/red-task/me");
        assertThatCode(() -> clients.s3().listObjectsV2(list -> list.bucket("data")))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> clients.s3().deleteBucket(delete -> delete.bucket("data")))
                .isInstanceOf(S3Exception.class)
                .hasMessageContaining("because no session policy allows the s3:DeleteBucket action");
    }

    @Test
    void a_role_is_handed_to_a_service_by_whom_that_is_allowed_and_if_it_trusts_the_service() {
        role("/crois/", "red-flow", "states.amazonaws.com");
        allow(
                "red-task",
                "{'Effect':'Allow','Action':'states:*','Resource':'*'},{'Effect':'Allow','Action':'iam:PassRole','Resource':'*',"
                        + "'Condition':{'StringEquals':{'iam:PassedToService':'states.amazonaws.com'}}}");
        String flow = "arn:aws:iam::" + A + ":role/crois/red-flow";

        assertThatCode(() -> create(aws.as(task()), flow)).doesNotThrowAnyException();
        assertThatThrownBy(() -> create(aws.as(task()), TASK))
                .isInstanceOf(SfnException.class)
                .hasMessageContaining("The service principal states.amazonaws.com is not authorized to assume the"
                        + " provided role " + TASK);
        assertThatThrownBy(() -> aws.as(task())
                        .lambda()
                        .createFunction(function ->
                                function.functionName("f").role(flow).code(code -> {})))
                .isInstanceOf(LambdaException.class)
                .hasMessageContaining("lambda:CreateFunction");
    }

    @Test
    void an_object_that_the_role_of_a_machine_may_not_read_is_an_error_by_its_own_name() {
        role("/crois/", "red-flow", "states.amazonaws.com");
        String machine = aws.sfn()
                .createStateMachine(create -> create.name("m")
                        .roleArn("arn:aws:iam::" + A + ":role/crois/red-flow")
                        .definition("{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Task\",\"Resource\":"
                                + "\"arn:aws:states:::aws-sdk:s3:getObject\",\"Parameters\":{\"Bucket\":\"data\","
                                + "\"Key\":\"x\"},\"End\":true}}}"))
                .stateMachineArn();

        assertThat(run(machine)).isEqualTo("FAILED");
        String execution = aws.sfn()
                .listExecutions(list -> list.stateMachineArn(machine))
                .executions()
                .get(0)
                .executionArn();
        assertThat(aws.sfn()
                        .describeExecution(describe -> describe.executionArn(execution))
                        .error())
                .isEqualTo("S3.AccessDeniedException");
    }

    @Test
    void a_state_machine_acts_as_its_role() {
        role("/crois/", "red-flow", "states.amazonaws.com");
        aws.lambdaFunction("double", input -> IntNode.valueOf(input.asInt() * 2));
        String flow = "arn:aws:iam::" + A + ":role/crois/red-flow";
        String machine = aws.sfn()
                .createStateMachine(create -> create.name("m")
                        .roleArn(flow)
                        .definition("{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Task\",\"Resource\":"
                                + "\"arn:aws:states:::lambda:invoke\",\"Parameters\":{\"FunctionName\":\"double\","
                                + "\"Payload.$\":\"$\"},\"End\":true}}}"))
                .stateMachineArn();

        assertThat(run(machine)).isEqualTo("FAILED");
        assertThat(aws.denials())
                .last()
                .satisfies(denial -> assertThat(denial.message()).contains("lambda:InvokeFunction"));
        allow(
                "red-flow",
                "{'Effect':'Allow','Action':'lambda:InvokeFunction','Resource':'arn:aws:lambda:*:*:function:double'}");
        assertThat(run(machine)).isEqualTo("SUCCEEDED");
    }

    @Test
    void the_accounts_own_clients_may_do_everything() {
        putEncrypted("red/x");
        assertThat(aws.s3()
                        .getObjectAsBytes(get -> get.bucket("data").key("red/x"))
                        .asUtf8String())
                .isEqualTo("text");
    }

    @Test
    void a_change_of_a_policy_counts_at_once() {
        assertThatThrownBy(() -> aws.as(task()).iam().getRole(get -> get.roleName("red-task")))
                .isInstanceOf(IamException.class);
        allow("red-task", "{'Effect':'Allow','Action':'iam:GetRole','Resource':'" + TASK + "'}");
        assertThatCode(() -> aws.as(task()).iam().getRole(get -> get.roleName("red-task")))
                .doesNotThrowAnyException();
    }

    private String run(String machine) {
        String execution = aws.sfn()
                .startExecution(start -> start.stateMachineArn(machine).input("21"))
                .executionArn();
        aws.eventLoop()
                .runUntil(() -> !aws.sfn()
                        .describeExecution(describe -> describe.executionArn(execution))
                        .statusAsString()
                        .equals("RUNNING"));
        return aws.sfn()
                .describeExecution(describe -> describe.executionArn(execution))
                .statusAsString();
    }

    private static void create(ActingClients clients, String role) {
        clients.sfn()
                .createStateMachine(create -> create.name("m")
                        .roleArn(role)
                        .definition("{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Pass\",\"End\":true}}}"));
    }

    private static Map<String, AttributeValue> item(String key) {
        return Map.of("pk", AttributeValue.fromS(key));
    }

    private void putEncrypted(String name) {
        aws.s3()
                .putObject(
                        put -> put.bucket("data")
                                .key(name)
                                .serverSideEncryption("aws:kms")
                                .ssekmsKeyId(key),
                        RequestBody.fromString("text"));
    }

    private void role(String path, String name, String service) {
        aws.iam()
                .createRole(create -> create.roleName(name)
                        .path(path)
                        .assumeRolePolicyDocument(policy("{'Effect':'Allow','Principal':{'Service':'" + service
                                + "'},'Action':'sts:AssumeRole'}")));
    }

    private void allow(String role, String statements) {
        aws.iam().putRolePolicy(put -> put.roleName(role).policyName("own").policyDocument(policy(statements)));
    }

    private static String policy(String statements) {
        return ("{'Version':'2012-10-17','Statement':[" + statements + "]}").replace('\'', '"');
    }

    private static Principal task() {
        return Principal.session(TASK, "run-1");
    }

    private static Principal administrator() {
        return Principal.session(ADMINISTRATOR, "me");
    }
}

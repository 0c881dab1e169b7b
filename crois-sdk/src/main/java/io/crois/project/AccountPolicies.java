package io.crois.project;

import static io.crois.project.PolicyStatements.allow;

import io.crois.contract.ProjectNames;
import java.util.List;
import software.amazon.awssdk.policybuilder.iam.IamConditionOperator;
import software.amazon.awssdk.policybuilder.iam.IamEffect;
import software.amazon.awssdk.policybuilder.iam.IamPolicy;
import software.amazon.awssdk.policybuilder.iam.IamPrincipal;
import software.amazon.awssdk.policybuilder.iam.IamStatement;

/**
 * The policies that an account has once for all its projects. They speak of a project through the tags of the role that
 * calls, so that they do not grow with the projects.
 */
public final class AccountPolicies {
    /** The tag that holds a project's name. */
    public static final String PROJECT_TAG = "crois:project";

    /** The tag that holds the ARN of a project's key. */
    public static final String KEY_TAG = "crois:key";

    /** The tag that holds the Region and the table for which a role was made. */
    public static final String HOME_TAG = "crois:home";

    private static final String OWN_PROJECT = "${aws:PrincipalTag/" + PROJECT_TAG + "}";

    private final ProjectPlatform platform;

    private AccountPolicies(ProjectPlatform platform) {
        this.platform = platform;
    }

    /** Returns the policies of an account. */
    public static AccountPolicies of(ProjectPlatform platform) {
        return new AccountPolicies(platform);
    }

    /** Returns the ARN of the permissions boundary of every role of a project. */
    public String boundaryArn() {
        return platform.policyArn(BOUNDARY);
    }

    static final String BOUNDARY = "project-boundary";

    /**
     * Returns the permissions boundary: the most that a role of a project can ever do, whatever is granted to it later.
     */
    public IamPolicy boundary() {
        String bucket = platform.bucketArn("");
        return IamPolicy.create(List.of(
                allow(
                                "OwnItems",
                                List.of("dynamodb:*Item", "dynamodb:Query"),
                                List.of(platform.arn(
                                        "dynamodb",
                                        "table/" + platform.settings().table())))
                        .toBuilder()
                        .addCondition("ForAllValues:StringLike", "dynamodb:LeadingKeys", OWN_PROJECT + "#*")
                        .build(),
                allow(
                        "OwnObjects",
                        List.of("s3:*Object", "s3:*MultipartUpload", "s3:ListMultipartUploadParts"),
                        List.of(bucket + "/" + OWN_PROJECT + "/*", bucket + "/_control/" + OWN_PROJECT + "/*")),
                allow(
                        "OwnSecrets",
                        List.of("secretsmanager:GetSecretValue"),
                        List.of(platform.arn("secretsmanager", "secret:crois/" + OWN_PROJECT + "/*"))),
                allow("Keys", List.of("kms:Decrypt", "kms:GenerateDataKey"), List.of(platform.arn("kms", "key/*"))),
                allow(
                        "Flow",
                        List.of(
                                "batch:DescribeJobs",
                                "batch:SubmitJob",
                                "batch:TerminateJob",
                                "ecs:DescribeTasks",
                                "ecs:RunTask",
                                "ecs:StopTask",
                                "events:DescribeRule",
                                "events:PutRule",
                                "events:PutTargets",
                                "lambda:InvokeFunction",
                                "states:DescribeExecution",
                                "states:RedriveExecution",
                                "states:StartExecution",
                                "states:StopExecution"),
                        List.of("*")),
                allow(
                                "PassToTasks",
                                List.of("iam:PassRole"),
                                List.of(platform.iamArn("role" + ProjectNames.PATH + "*"), platform.executionRole()))
                        .toBuilder()
                        .addCondition(
                                IamConditionOperator.STRING_EQUALS, "iam:PassedToService", "ecs-tasks.amazonaws.com")
                        .build()));
    }

    /** Returns the statements that the bucket's policy has beside those of its owner. */
    public List<IamStatement> bucket() {
        String bucket = platform.bucketArn("");
        return List.of(
                deny("CroisOwnKeyOnly", "s3:PutObject")
                        .addNotResource(bucket + "/_control/*")
                        .addCondition(
                                IamConditionOperator.STRING_NOT_EQUALS,
                                "s3:x-amz-server-side-encryption-aws-kms-key-id",
                                "${aws:PrincipalTag/" + KEY_TAG + ", 'none'}")
                        .build(),
                deny("CroisTlsOnly", "s3:*")
                        .addResource(bucket)
                        .addResource(bucket + "/*")
                        .addCondition(IamConditionOperator.BOOL, "aws:SecureTransport", "false")
                        .build());
    }

    private static IamStatement.Builder deny(String sid, String action) {
        return IamStatement.builder()
                .sid(sid)
                .effect(IamEffect.DENY)
                .addPrincipal(IamPrincipal.ALL)
                .addAction(action);
    }
}

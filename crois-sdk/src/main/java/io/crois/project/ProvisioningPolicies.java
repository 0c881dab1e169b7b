package io.crois.project;

import static io.crois.project.PolicyStatements.allow;

import io.crois.contract.ItemKey;
import io.crois.contract.ProjectNames;
import io.crois.workflow.CroisException;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.policybuilder.iam.IamConditionOperator;
import software.amazon.awssdk.policybuilder.iam.IamEffect;
import software.amazon.awssdk.policybuilder.iam.IamPolicy;
import software.amazon.awssdk.policybuilder.iam.IamStatement;

/**
 * What the person or the pipeline needs that runs a {@link Provisioner}: one policy for each of its jobs, so that who
 * makes projects can neither remove them nor change what bounds them. Immutable.
 *
 * <pre>{@code
 * ProvisioningPolicies policies = ProvisioningPolicies.of(platform).admitting("arn:aws:iam::111122223333:role/apps/*");
 * Files.writeString(path, policies.projects().toJson(IamPolicyWriter.builder().prettyPrint(true).build()));
 * }</pre>
 *
 * <p>Each is for a role that is one of {@link ProjectPlatform#keyAdministrators}: what it does with keys that are
 * there, their own policies allow. What each statement is for stands in {@code docs/security.md} under its {@code Sid}.
 */
public final class ProvisioningPolicies {
    private static final String MARKS = ItemKey.project("any").pk();
    private static final String BOUND = "iam:PermissionsBoundary";

    private final ProjectPlatform platform;
    private final AccountPolicies account;
    private final List<String> applications;

    private ProvisioningPolicies(ProjectPlatform platform, List<String> applications) {
        this.platform = platform;
        this.account = AccountPolicies.of(platform);
        this.applications = List.copyOf(applications);
    }

    /** Returns the policies for an account; nobody can be admitted to a project with them. */
    public static ProvisioningPolicies of(ProjectPlatform platform) {
        return new ProvisioningPolicies(platform, List.of());
    }

    /**
     * Returns policies with which these roles can be admitted to projects. Whoever admits an application decides what
     * its role may do, so name no role that the provisioner itself may take. Replaces what was given before.
     *
     * @param roles ARNs of roles of this account; {@code *} stands for any characters
     * @throws CroisException if one is no ARN of roles of this account, with all such
     */
    public ProvisioningPolicies admitting(String... roles) {
        List<String> problems = new ArrayList<>();
        for (String role : roles) {
            if (!role.startsWith(platform.iamArn("role/"))
                    || role.length() == platform.iamArn("role/").length()) {
                problems.add("role `" + role + "`: must be the ARN of roles of account " + platform.account()
                        + ", such as `" + platform.iamArn("role/apps/*") + "`.");
            }
        }
        Problems.refuse("The roles of applications", problems);
        return new ProvisioningPolicies(platform, List.of(roles));
    }

    /** Returns what {@link Provisioner#planAccount} and {@link Provisioner#applyAccount} need. */
    public IamPolicy account() {
        return IamPolicy.create(List.of(
                allow(
                        "Boundary",
                        List.of(
                                "iam:CreatePolicy",
                                "iam:CreatePolicyVersion",
                                "iam:DeletePolicyVersion",
                                "iam:GetPolicyVersion",
                                "iam:ListPolicyVersions"),
                        List.of(account.boundaryArn())),
                allow(
                        "BucketPolicy",
                        List.of("s3:GetBucketPolicy", "s3:PutBucketPolicy"),
                        List.of(platform.bucketArn(""))),
                allow("AlarmRule", alarmActions(), List.of(platform.arn("events", "rule/" + AlarmRule.NAME)))));
    }

    private List<String> alarmActions() {
        List<String> actions = new ArrayList<>(List.of("events:DescribeRule", "events:PutRule"));
        if (platform.alarmTarget() != null) {
            actions.addAll(List.of("events:ListTargetsByRule", "events:PutTargets"));
        }
        return actions;
    }

    /**
     * Returns what {@link Provisioner#plan}, {@link Provisioner#apply}, {@link Provisioner#verify} and
     * {@link Provisioner#rotateKey} need. Roles are given rights only while they have the boundary of projects.
     */
    public IamPolicy projects() {
        List<IamStatement> statements = new ArrayList<>();
        statements.add(allow("BoundaryIsThere", List.of("iam:GetPolicy"), List.of(account.boundaryArn())));
        statements.add(allow(
                        "BoundedRoles",
                        List.of("iam:CreateRole", "iam:PutRolePermissionsBoundary", "iam:PutRolePolicy"),
                        roles())
                .toBuilder()
                .addCondition(IamConditionOperator.STRING_EQUALS, BOUND, account.boundaryArn())
                .build());
        statements.add(allow(
                "Roles",
                List.of("iam:DeleteRolePolicy", "iam:DetachRolePolicy", "iam:TagRole", "iam:UpdateAssumeRolePolicy"),
                roles()));
        statements.add(lookAtRoles("iam:GetRolePolicy"));
        statements.add(allow(
                "Simulate", List.of("iam:GetRole", "iam:SimulatePrincipalPolicy"), List.of(platform.iamArn("role/*"))));
        statements.add(allow(
                "ApplicationPolicies",
                List.of(
                        "iam:CreatePolicy",
                        "iam:CreatePolicyVersion",
                        "iam:DeletePolicy",
                        "iam:DeletePolicyVersion",
                        "iam:GetPolicyVersion",
                        "iam:ListEntitiesForPolicy",
                        "iam:ListPolicyVersions"),
                applicationPolicies()));
        if (!applications.isEmpty()) {
            statements.add(onApplications("Admit", "iam:AttachRolePolicy", "iam:DetachRolePolicy"));
        }
        statements.add(allow("FindKeys", List.of("kms:DescribeKey", "kms:ListAliases", "kms:ListKeys")));
        statements.add(allow("MakeKeys", List.of("kms:CreateKey", "kms:TagResource")).toBuilder()
                .addCondition(
                        IamConditionOperator.STRING_EQUALS,
                        "aws:RequestTag/" + AccountPolicies.HOME_TAG,
                        platform.home())
                .build());
        statements.add(allow("NameKeys", List.of("kms:CreateAlias"), aliases()));
        return IamPolicy.create(statements);
    }

    /** Returns what {@link Provisioner#planRemoval} and {@link Provisioner#destroy} need, whatever they are asked. */
    public IamPolicy removal() {
        List<IamStatement> statements = new ArrayList<>(ofWork());
        statements.addAll(ofData());
        statements.add(
                allow("Roles", List.of("iam:DeleteRole", "iam:DeleteRolePolicy", "iam:DetachRolePolicy"), roles()));
        statements.add(lookAtRoles("iam:GetRole"));
        statements.add(allow(
                "ApplicationPolicies",
                List.of(
                        "iam:DeletePolicy",
                        "iam:DeletePolicyVersion",
                        "iam:ListEntitiesForPolicy",
                        "iam:ListPolicyVersions"),
                applicationPolicies()));
        if (!applications.isEmpty()) {
            statements.add(onApplications("Dismiss", "iam:DetachRolePolicy"));
        }
        statements.add(allow("FindKeys", List.of("kms:DescribeKey", "kms:ListAliases", "kms:ListKeys")));
        statements.add(allow("UnnameKeys", List.of("kms:DeleteAlias"), aliases()));
        return IamPolicy.create(statements);
    }

    /** What runs, or starts something. */
    private List<IamStatement> ofWork() {
        String prefix = platform.settings().prefix();
        return List.of(
                allow(
                        "Find",
                        List.of(
                                "batch:DescribeJobDefinitions",
                                "ecs:DeregisterTaskDefinition",
                                "ecs:ListTaskDefinitionFamilies",
                                "ecs:ListTaskDefinitions",
                                "events:ListRules",
                                "secretsmanager:ListSecrets",
                                "states:ListStateMachines")),
                allow(
                        "Machines",
                        List.of("states:DeleteStateMachine", "states:ListExecutions"),
                        List.of(platform.arn("states", "stateMachine:" + prefix + "*"))),
                allow(
                        "Executions",
                        List.of("states:StopExecution"),
                        List.of(platform.arn("states", "execution:" + prefix + "*"))),
                allow(
                        "JobDefinitions",
                        List.of("batch:DeregisterJobDefinition"),
                        List.of(platform.arn("batch", "job-definition/" + prefix + "*"))),
                allow(
                        "Schedules",
                        List.of("scheduler:DeleteScheduleGroup", "scheduler:GetScheduleGroup"),
                        List.of(platform.arn("scheduler", "schedule-group/" + prefix + "*"))),
                allow(
                        "Triggers",
                        List.of("events:DeleteRule", "events:ListTargetsByRule", "events:RemoveTargets"),
                        List.of(platform.arn("events", "rule/" + prefix + "start-*"))));
    }

    /** What is kept: of items it sees no more than their keys. */
    private List<IamStatement> ofData() {
        String table = platform.arn("dynamodb", "table/" + platform.settings().table());
        return List.of(
                allow("ListObjects", List.of("s3:ListBucket"), List.of(platform.bucketArn(""))),
                allow("DeleteObjects", List.of("s3:DeleteObject"), List.of(platform.bucketArn("/*"))),
                allow(
                        "DeleteSecrets",
                        List.of("secretsmanager:DeleteSecret"),
                        List.of(platform.arn("secretsmanager", "secret:crois/*"))),
                allow("FindMark", List.of("dynamodb:GetItem"), List.of(table)).toBuilder()
                        .addCondition("ForAllValues:StringEquals", "dynamodb:LeadingKeys", MARKS)
                        .build(),
                allow("FindRecords", List.of("dynamodb:Query", "dynamodb:Scan"), List.of(table)).toBuilder()
                        .addConditions("ForAllValues:StringEquals", "dynamodb:Attributes", List.of("pk", "sk"))
                        .addCondition("StringEqualsIfExists", "dynamodb:Select", "SPECIFIC_ATTRIBUTES")
                        .build(),
                allow("DeleteRecords", List.of("dynamodb:BatchWriteItem"), List.of(table)));
    }

    /** Returns what {@link Secrets} needs: to write secrets and to list them, not to read them. */
    public IamPolicy secrets() {
        return IamPolicy.create(List.of(
                allow("Find", List.of("secretsmanager:ListSecrets")),
                allow(
                        "Write",
                        List.of(
                                "secretsmanager:CreateSecret",
                                "secretsmanager:DeleteSecret",
                                "secretsmanager:DescribeSecret",
                                "secretsmanager:PutSecretValue",
                                "secretsmanager:RestoreSecret",
                                "secretsmanager:TagResource"),
                        List.of(platform.arn("secretsmanager", "secret:crois/*")))));
    }

    private IamStatement onApplications(String sid, String... actions) {
        return IamStatement.builder()
                .sid(sid)
                .effect(IamEffect.ALLOW)
                .actionIds(List.of(actions))
                .resourceIds(applications)
                .addConditions(IamConditionOperator.ARN_LIKE, "iam:PolicyARN", applicationPolicies())
                .build();
    }

    /** IAM knows no path of a role that is not there, so that looking for one is allowed under any path. */
    private IamStatement lookAtRoles(String action) {
        return allow(
                "LookAtRoles",
                List.of(action, "iam:ListAttachedRolePolicies", "iam:ListRolePolicies"),
                List.of(platform.iamArn("role/*.flow"), platform.iamArn("role/*.task")));
    }

    private List<String> roles() {
        String path = "role" + ProjectNames.PATH;
        return List.of(platform.iamArn(path + "*.flow"), platform.iamArn(path + "*.task"));
    }

    private List<String> applicationPolicies() {
        return List.of(platform.policyArn("*.application"));
    }

    private List<String> aliases() {
        return List.of(platform.arn("kms", "alias/crois/*"));
    }
}

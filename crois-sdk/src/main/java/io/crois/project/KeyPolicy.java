package io.crois.project;

import io.crois.contract.ProjectNames;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.policybuilder.iam.IamConditionOperator;
import software.amazon.awssdk.policybuilder.iam.IamEffect;
import software.amazon.awssdk.policybuilder.iam.IamPolicy;
import software.amazon.awssdk.policybuilder.iam.IamPrincipal;
import software.amazon.awssdk.policybuilder.iam.IamStatement;

/** Who uses the key of a project, and who manages it; an account administrator has no part in it. */
final class KeyPolicy {
    private static final List<String> MANAGE = List.of(
            "kms:CancelKeyDeletion",
            "kms:CreateAlias",
            "kms:DeleteAlias",
            "kms:DescribeKey",
            "kms:DisableKey",
            "kms:EnableKey",
            "kms:EnableKeyRotation",
            "kms:GetKeyPolicy",
            "kms:GetKeyRotationStatus",
            "kms:ListGrants",
            "kms:ListResourceTags",
            "kms:PutKeyPolicy",
            "kms:RevokeGrant",
            "kms:RotateKeyOnDemand",
            "kms:ScheduleKeyDeletion",
            "kms:TagResource",
            "kms:UntagResource",
            "kms:UpdateAlias",
            "kms:UpdateKeyDescription");

    private final ProjectPlatform platform;
    private final ProjectDefinition project;
    private final ProjectNames names;
    private final String taskRole;

    KeyPolicy(ProjectPlatform platform, ProjectDefinition project) {
        this.platform = platform;
        this.project = project;
        this.names = project.names();
        this.taskRole = platform.roleArn(names.taskRole());
    }

    /** Returns the policy of a key whose project is complete. */
    IamPolicy complete() {
        List<String> objectContexts = List.of(platform.bucketArn(""), platform.bucketArn("/" + names.objects() + "*"));
        String secrets = platform.arn("secretsmanager", "secret:" + names.secrets() + "*");
        List<IamStatement> statements = new ArrayList<>();
        statements.add(use("ProjectObjects", List.of(taskRole), List.of("kms:Decrypt", "kms:GenerateDataKey"))
                .addCondition(IamConditionOperator.STRING_EQUALS, "kms:ViaService", platform.via("s3"))
                .addConditions(IamConditionOperator.STRING_LIKE, "kms:EncryptionContext:aws:s3:arn", objectContexts)
                .build());
        statements.add(use("ProjectSecrets", List.of(taskRole), List.of("kms:Decrypt"))
                .addCondition(IamConditionOperator.STRING_EQUALS, "kms:ViaService", platform.via("secretsmanager"))
                .addCondition(IamConditionOperator.STRING_LIKE, "kms:EncryptionContext:SecretARN", secrets)
                .build());
        statements.add(use("OpenSealedArguments", List.of(taskRole), List.of("kms:Decrypt"))
                .addCondition(IamConditionOperator.STRING_EQUALS, "kms:EncryptionContext:crois:project", project.name())
                .build());
        statements.add(use("SealArguments", sealers(), List.of("kms:Encrypt"))
                .addCondition(IamConditionOperator.STRING_EQUALS, "kms:EncryptionContext:crois:project", project.name())
                .build());
        statements.add(use("WriteSecrets", List.of(platform.controlPlane()), List.of("kms:GenerateDataKey"))
                .addCondition(IamConditionOperator.STRING_EQUALS, "kms:ViaService", platform.via("secretsmanager"))
                .addCondition(IamConditionOperator.STRING_LIKE, "kms:EncryptionContext:SecretARN", secrets)
                .build());
        statements.add(use("ValidateKeyOfSecrets", List.of(platform.controlPlane()), List.of("kms:Decrypt"))
                .addCondition(IamConditionOperator.STRING_EQUALS, "kms:ViaService", platform.via("secretsmanager"))
                .addCondition(
                        IamConditionOperator.STRING_EQUALS,
                        "kms:EncryptionContext:SecretVersionId",
                        "RequestToValidateKeyAccess")
                .build());
        if (!project.applications().isEmpty()) {
            statements.add(use("ReadResults", project.applications(), List.of("kms:Decrypt"))
                    .addCondition(IamConditionOperator.STRING_EQUALS, "kms:ViaService", platform.via("s3"))
                    .addConditions(IamConditionOperator.STRING_LIKE, "kms:EncryptionContext:aws:s3:arn", objectContexts)
                    .build());
        }
        statements.add(use("ManageNotUse", platform.keyAdministrators(), MANAGE).build());
        statements.add(denyToOthers());
        statements.add(noGrants());
        return IamPolicy.create(statements);
    }

    /**
     * The policy that a key is born with, before the roles are there that {@link #complete} names: administrators
     * manage it, and nobody uses it.
     */
    IamPolicy newborn() {
        return IamPolicy.create(List.of(
                use("ManageNotUse", platform.keyAdministrators(), MANAGE).build(), noGrants()));
    }

    /** A grant would give the use of the key past its policy. */
    private static IamStatement noGrants() {
        return IamStatement.builder()
                .sid("NoGrants")
                .effect(IamEffect.DENY)
                .addPrincipal(IamPrincipal.ALL)
                .addAction("kms:CreateGrant")
                .addResource("*")
                .build();
    }

    private IamStatement denyToOthers() {
        List<String> users = new ArrayList<>(sealers());
        users.add(taskRole);
        return IamStatement.builder()
                .sid("NobodyElse")
                .effect(IamEffect.DENY)
                .addPrincipal(IamPrincipal.ALL)
                .actionIds(List.of("kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"))
                .addResource("*")
                .addConditions(IamConditionOperator.ARN_NOT_EQUALS, "aws:PrincipalArn", users)
                .build();
    }

    private List<String> sealers() {
        List<String> sealers = new ArrayList<>(project.applications());
        sealers.add(platform.controlPlane());
        return sealers;
    }

    private static IamStatement.Builder use(String sid, List<String> principals, List<String> actions) {
        return IamStatement.builder()
                .sid(sid)
                .effect(IamEffect.ALLOW)
                .addPrincipals("AWS", principals)
                .actionIds(actions)
                .addResource("*");
    }
}

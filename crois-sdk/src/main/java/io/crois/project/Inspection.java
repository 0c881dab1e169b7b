package io.crois.project;

import io.crois.contract.ItemList;
import io.crois.contract.ProjectNames;
import io.crois.contract.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.ContextEntry;
import software.amazon.awssdk.services.iam.model.EvaluationResult;
import software.amazon.awssdk.services.iam.model.SimulatePrincipalPolicyResponse;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.ListGrantsResponse;

/**
 * Looks for what is wrong although everything of the project is as it shall be: asks IAM whether each role could do
 * what a run needs, with its boundary and the organization's policies counted in.
 */
final class Inspection {
    private final Site site;
    private final Calls calls;
    private final IamClient iam;

    Inspection(Site site) {
        this.site = site;
        this.calls = site.calls;
        this.iam = site.clients.iam();
    }

    List<String> findings() {
        List<String> findings = new ArrayList<>();
        ProjectKey key = new ProjectKey(site);
        Optional<KeyMetadata> found = key.aliased();
        key.spares()
                .forEach(spare -> findings.add("Key `" + spare.keyId() + "` has the project's tags and no alias: an"
                        + " earlier provisioner left it. Delete it, or remove and make the project again."));
        found.ifPresent(metadata -> grants(metadata, findings));
        String task = site.policies.taskRoleArn();
        String flow = site.policies.flowRoleArn();
        if (found.isPresent() && isThere(site.names.taskRole()) && isThere(site.names.flowRole())) {
            taskRole(task, findings);
            flowRole(flow, task, findings);
            site.project.applications().stream()
                    .filter(application -> isThere(application.substring(application.lastIndexOf('/') + 1)))
                    .forEach(application -> application(application, findings));
        }
        executionRole(findings);
        return findings;
    }

    private void grants(KeyMetadata key, List<String> findings) {
        ListGrantsResponse grants = calls.read(
                "kms:ListGrants", () -> site.clients.kms().listGrants(request -> request.keyId(key.keyId())));
        grants.grants()
                .forEach(grant -> findings.add("Key `" + site.names.keyAlias() + "` has a grant to `"
                        + grant.granteePrincipal() + "`, which its policy does not show. Revoke it."));
    }

    private boolean isThere(String role) {
        return calls.find("iam:GetRole", () -> iam.getRole(request -> request.roleName(role)))
                .isPresent();
    }

    private void taskRole(String role, List<String> findings) {
        ProjectPlatform platform = site.platform;
        ProjectNames names = site.names;
        needs(
                role,
                List.of("dynamodb:GetItem", "dynamodb:PutItem"),
                List.of(platform.arn("dynamodb", "table/" + platform.settings().table())),
                Map.of("dynamodb:LeadingKeys", names.items() + "run"),
                findings);
        needs(
                role,
                List.of("s3:GetObject", "s3:PutObject", "s3:AbortMultipartUpload"),
                List.of(platform.bucketArn("/" + names.objects() + "run/step/1/artifact")),
                Map.of(),
                findings);
        needs(
                role,
                List.of("secretsmanager:GetSecretValue"),
                List.of(platform.arn("secretsmanager", "secret:" + names.secrets() + "name-abcdef")),
                Map.of(),
                findings);
    }

    private void flowRole(String role, String taskRole, List<String> findings) {
        ProjectPlatform platform = site.platform;
        String prefix = site.prefix();
        needs(
                role,
                List.of("lambda:InvokeFunction"),
                List.of(
                        platform.functionArn(platform.functions().prepare()),
                        platform.functionArn(platform.functions().store()),
                        platform.functionArn(platform.functions().route())),
                Map.of(),
                findings);
        needs(
                role,
                List.of("ecs:RunTask"),
                List.of(platform.arn("ecs", "task-definition/" + prefix + "image:1")),
                Map.of(
                        "ecs:cluster",
                        platform.arn("ecs", "cluster/" + platform.settings().cluster())),
                findings);
        needs(
                role,
                List.of("batch:SubmitJob"),
                List.of(
                        platform.arn("batch", "job-definition/" + prefix + "image"),
                        platform.arn("batch", "job-queue/" + platform.settings().onDemandQueue())),
                Map.of(),
                findings);
        needs(
                role,
                List.of("iam:PassRole"),
                List.of(taskRole, platform.executionRole()),
                Map.of("iam:PassedToService", "ecs-tasks.amazonaws.com"),
                findings);
        needs(
                role,
                List.of("events:PutRule", "events:PutTargets", "events:DescribeRule"),
                List.of(platform.arn("events", "rule/StepFunctionsGetEventsForECSTaskRule")),
                Map.of(),
                findings);
        needs(
                role,
                List.of("states:StartExecution"),
                List.of(platform.arn("states", "stateMachine:" + prefix + "workflow")),
                Map.of(),
                findings);
        needs(
                role,
                List.of("states:DescribeExecution", "states:RedriveExecution", "states:StopExecution"),
                List.of(platform.arn("states", "execution:" + prefix + "workflow/each:iteration")),
                Map.of(),
                findings);
        ItemList list = ItemList.of("", new Run(site.names.project(), "run", ""), "each");
        needs(role, List.of("s3:GetObject"), List.of(platform.bucketArn("/" + list.key())), Map.of(), findings);
        needs(
                role,
                List.of("s3:PutObject"),
                List.of(platform.bucketArn("/" + list.results() + "/1/manifest.json")),
                Map.of(),
                findings);
    }

    /**
     * An application's role is not the provisioner's: a boundary of its own may keep it from what it is admitted to.
     */
    private void application(String role, List<String> findings) {
        ProjectPlatform platform = site.platform;
        ProjectNames names = site.names;
        needs(
                role,
                List.of("dynamodb:PutItem", "dynamodb:Query"),
                List.of(platform.arn("dynamodb", "table/" + platform.settings().table())),
                Map.of("dynamodb:LeadingKeys", names.items() + "run"),
                findings);
        needs(
                role,
                List.of("s3:GetObject"),
                List.of(platform.bucketArn("/" + names.objects() + "run/step/1/artifact")),
                Map.of(),
                findings);
        needs(
                role,
                List.of("states:CreateStateMachine", "states:StartExecution"),
                List.of(platform.arn("states", "stateMachine:" + site.prefix() + "workflow")),
                Map.of(),
                findings);
        needs(
                role,
                List.of("iam:PassRole"),
                List.of(site.policies.flowRoleArn()),
                Map.of("iam:PassedToService", "states.amazonaws.com"),
                findings);
    }

    private void executionRole(List<String> findings) {
        String arn = site.platform.executionRole();
        if (!isThere(arn.substring(arn.lastIndexOf('/') + 1))) {
            findings.add(
                    "The role `" + arn + "`, with which images are pulled and logs are written, is not there. Make it,"
                            + " or correct ProjectPlatform.executionRole.");
        }
    }

    private void needs(
            String role,
            List<String> actions,
            List<String> resources,
            Map<String, String> context,
            List<String> findings) {
        List<ContextEntry> entries = context.entrySet().stream()
                .map(entry -> ContextEntry.builder()
                        .contextKeyName(entry.getKey())
                        .contextKeyType(entry.getKey().equals("dynamodb:LeadingKeys") ? "stringList" : "string")
                        .contextKeyValues(entry.getValue())
                        .build())
                .toList();
        SimulatePrincipalPolicyResponse answer = calls.read(
                "iam:SimulatePrincipalPolicy",
                () -> iam.simulatePrincipalPolicy(request -> request.policySourceArn(role)
                        .actionNames(actions)
                        .resourceArns(resources)
                        .contextEntries(entries)));
        answer.evaluationResults().stream()
                .filter(result -> !result.evalDecisionAsString().equals("allowed"))
                .map(result -> sentence(role, result))
                .forEach(findings::add);
    }

    private static String sentence(String role, EvaluationResult result) {
        String why = switch (result.evalDecisionAsString()) {
            case "explicitDeny" -> "a policy denies it";
            default -> "no policy allows it, or the boundary or the organization forbids it";
        };
        return "Role `" + role + "` may not `" + result.evalActionName() + "` on `" + result.evalResourceName() + "`: "
                + why + ".";
    }
}

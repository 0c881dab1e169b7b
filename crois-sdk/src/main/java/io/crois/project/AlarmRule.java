package io.crois.project;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.contract.ProjectNames;
import io.crois.project.PlannedChange.Action;
import io.crois.project.Step.Stage;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.RuleState;

/**
 * The rule that tells of what no policy prevents: whoever may change a key's policy, a role's trust or its rights, or
 * may give a project's role to something, could read what the project stores.
 *
 * <p>CloudTrail tells EventBridge of changes of KMS in the Region of the key, and of those of IAM in {@code us-east-1}
 * alone; where the platform's Region is another one, the same rule is needed there.
 */
public final class AlarmRule {
    /** What the rule is called. */
    public static final String NAME = "crois-project-alarm";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TARGET = "crois-alarm";
    private static final List<String> KEY_CHANGES =
            List.of("CreateGrant", "DisableKey", "ImportKeyMaterial", "PutKeyPolicy", "ScheduleKeyDeletion");
    private static final List<String> ROLE_CHANGES = List.of(
            "AttachRolePolicy",
            "DeleteRolePermissionsBoundary",
            "PutRolePermissionsBoundary",
            "PutRolePolicy",
            "TagRole",
            "UntagRole",
            "UpdateAssumeRolePolicy");
    private static final List<String> POLICY_CHANGES = List.of("CreatePolicyVersion", "SetDefaultPolicyVersion");

    private final EventBridgeClient events;
    private final Calls calls;
    private final ProjectPlatform platform;

    AlarmRule(EventBridgeClient events, Calls calls, ProjectPlatform platform) {
        this.events = events;
        this.calls = calls;
        this.platform = platform;
    }

    /**
     * Returns the event pattern. It matches calls that CloudTrail recorded: changes of the policies and grants of any
     * key, changes of the trust, rights, tags and boundary of any role, changes of the policies of Crois, and requests
     * that give a role below {@code /crois/} to an ECS task, a Batch job, a Lambda function, an EC2 instance or
     * anything else that takes a role by its ARN.
     *
     * <p>{@code iam:PassRole} is a permission, not a call, so CloudTrail has no event of that name: what is seen is the
     * call to which the role was passed.
     */
    static String pattern(ProjectPlatform platform) {
        ObjectNode pattern = JSON.createObjectNode();
        pattern.putArray("detail-type").add("AWS API Call via CloudTrail");
        ArrayNode either = pattern.putObject("detail").putArray("$or");
        either.addObject().set("eventName", names(KEY_CHANGES));
        either.addObject().set("eventName", names(ROLE_CHANGES));
        ObjectNode policy = either.addObject();
        policy.set("eventName", names(POLICY_CHANGES));
        policy.putObject("requestParameters")
                .putArray("policyArn")
                .addObject()
                .put("prefix", platform.iamArn("policy" + ProjectNames.PATH));
        for (String member : List.of("taskRoleArn", "executionRoleArn", "jobRoleArn", "roleArn", "role")) {
            either.add(passed(List.of(member), platform));
        }
        either.add(passed(List.of("overrides", "taskRoleArn"), platform));
        either.add(passed(List.of("containerProperties", "jobRoleArn"), platform));
        return pattern.toString();
    }

    private static JsonNode names(List<String> names) {
        ArrayNode array = JSON.createArrayNode();
        names.forEach(array::add);
        return array;
    }

    private static JsonNode passed(List<String> path, ProjectPlatform platform) {
        ObjectNode branch = JSON.createObjectNode();
        ObjectNode at = branch.putObject("requestParameters");
        for (String member : path.subList(0, path.size() - 1)) {
            at = at.putObject(member);
        }
        at.putArray(path.get(path.size() - 1)).addObject().put("prefix", platform.iamArn("role" + ProjectNames.PATH));
        return branch;
    }

    /** Returns what must change. */
    List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        String pattern = pattern(platform);
        boolean same = calls.find("events:DescribeRule", () -> events.describeRule(request -> request.name(NAME)))
                .filter(rule -> rule.state() != RuleState.DISABLED)
                .map(rule -> PolicyText.parse(rule.eventPattern() == null ? "" : rule.eventPattern()))
                .map(found -> PolicyText.same(found, PolicyText.parse(pattern)))
                .orElse(false);
        if (!same) {
            steps.add(step(
                    Stage.ROLES,
                    "tells of changes of keys and roles, and of roles that are passed on",
                    () -> calls.write(
                            "events:PutRule",
                            () -> events.putRule(request -> request.name(NAME)
                                    .description("Crois: changes that could open a project")
                                    .state(RuleState.ENABLED)
                                    .eventPattern(pattern)))));
        }
        String target = platform.alarmTarget();
        if (target != null && !hasTarget(target)) {
            steps.add(step(
                    Stage.RIGHTS,
                    "tells `" + target + "`",
                    () -> calls.writeSoon(
                            "events:PutTargets",
                            () -> events.putTargets(request -> request.rule(NAME)
                                    .targets(to -> to.id(TARGET).arn(target))))));
        }
        return steps;
    }

    private boolean hasTarget(String arn) {
        return calls.find("events:ListTargetsByRule", () -> events.listTargetsByRule(request -> request.rule(NAME)))
                .map(answer -> answer.targets().stream()
                        .anyMatch(target -> target.arn().equals(arn)))
                .orElse(false);
    }

    private static Step step(Stage stage, String detail, Runnable work) {
        return new Step(new PlannedChange(Action.UPDATE, "AWS::Events::Rule", NAME, detail), stage, work);
    }
}

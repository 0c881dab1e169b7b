package io.crois.project;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.project.PlannedChange.Action;
import io.crois.project.Step.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.policybuilder.iam.IamPolicy;
import software.amazon.awssdk.policybuilder.iam.IamStatement;

/** What an account has once for all its projects: the boundary, the bucket's statements, the alarm rule. */
final class AccountGuard {
    private static final Pattern GONE = Pattern.compile("\"(A(?:ROA|IDA)[A-Z0-9]{12,})\"");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ProjectClients clients;
    private final Calls calls;
    private final ProjectPlatform platform;
    private final AccountPolicies policies;

    AccountGuard(ProjectClients clients, Calls calls, ProjectPlatform platform) {
        this.clients = clients;
        this.calls = calls;
        this.platform = platform;
        this.policies = AccountPolicies.of(platform);
    }

    /** Returns what must change. */
    List<Step> steps() {
        List<Step> steps = new ArrayList<>(new ManagedPolicy(
                        clients.iam(), calls, AccountPolicies.BOUNDARY, policies.boundaryArn(), policies.boundary())
                .steps(Stage.KEY));
        bucket(steps);
        steps.addAll(new AlarmRule(clients.eventBridge(), calls, platform).steps());
        return steps;
    }

    private void bucket(List<Step> steps) {
        String name = platform.settings().bucket();
        String found = calls.find(
                        "s3:GetBucketPolicy", () -> clients.s3().getBucketPolicy(request -> request.bucket(name)))
                .map(answer -> answer.policy())
                .orElse("");
        JsonNode wanted = merged(found);
        if (!PolicyText.same(PolicyText.parse(found), wanted)) {
            refuseGone(name, wanted);
            steps.add(new Step(
                    new PlannedChange(
                            found.isEmpty() ? Action.CREATE : Action.UPDATE,
                            "AWS::S3::BucketPolicy",
                            name,
                            "statements "
                                    + policies.bucket().stream()
                                            .map(IamStatement::sid)
                                            .collect(Collectors.joining(", "))),
                    Stage.ROLES,
                    () -> calls.write(
                            "s3:PutBucketPolicy",
                            () -> clients.s3()
                                    .putBucketPolicy(
                                            request -> request.bucket(name).policy(wanted.toString())))));
        }
    }

    /** S3 shows the id of a role or user that is gone, and takes no policy in which it stands. */
    private static void refuseGone(String bucket, JsonNode policy) {
        List<String> problems = new ArrayList<>();
        for (JsonNode statement : policy.path("Statement")) {
            Matcher gone = GONE.matcher(statement.path("Principal").toString() + statement.path("NotPrincipal"));
            if (gone.find()) {
                problems.add("statement `" + statement.path("Sid").asText("without Sid") + "` of its owner names `"
                        + gone.group(1)
                        + "`, a role or user that was deleted, and S3 refuses a policy with it. Name the"
                        + " one that is there now, or remove the statement.");
            }
        }
        Problems.refuse("The policy of bucket `" + bucket + "`", problems);
    }

    /** Returns a bucket's policy with our statements in it; those of its owner stay as they are. */
    private JsonNode merged(String found) {
        List<IamStatement> ours = policies.bucket();
        Set<String> sids = ours.stream().map(IamStatement::sid).collect(Collectors.toSet());
        ObjectNode policy = JSON.createObjectNode();
        policy.put("Version", "2012-10-17");
        ArrayNode statements = policy.putArray("Statement");
        JsonNode old = PolicyText.parse(found).path("Statement");
        for (JsonNode statement : old.isObject() ? List.of(old) : old) {
            if (!sids.contains(statement.path("Sid").asText())) {
                statements.add(statement);
            }
        }
        PolicyText.parse(IamPolicy.create(ours).toJson()).path("Statement").forEach(statements::add);
        return policy;
    }
}

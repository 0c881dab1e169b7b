package io.crois.project;

import io.crois.contract.ProjectNames;
import io.crois.project.PlannedChange.Action;
import io.crois.project.Step.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.policybuilder.iam.IamPolicy;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.ListPolicyVersionsResponse;
import software.amazon.awssdk.services.iam.model.PolicyVersion;

/** A managed policy of Crois, whose older versions are not kept. */
final class ManagedPolicy {
    private static final String POLICY = "AWS::IAM::ManagedPolicy";
    private static final int MOST_VERSIONS = 5;

    private final IamClient iam;
    private final Calls calls;
    private final String name;
    private final String arn;
    private final IamPolicy wanted;

    ManagedPolicy(IamClient iam, Calls calls, String name, String arn, IamPolicy wanted) {
        this.iam = iam;
        this.calls = calls;
        this.name = name;
        this.arn = arn;
        this.wanted = wanted;
    }

    /** Says whether it is there, asking once. */
    boolean isThere() {
        return !versions().isEmpty();
    }

    private List<PolicyVersion> versions() {
        List<PolicyVersion> versions = new ArrayList<>();
        String marker = null;
        do {
            String from = marker;
            Optional<ListPolicyVersionsResponse> page = calls.find(
                    "iam:ListPolicyVersions",
                    () -> iam.listPolicyVersions(
                            request -> request.policyArn(arn).marker(from)));
            versions.addAll(page.map(ListPolicyVersionsResponse::versions).orElse(List.of()));
            marker = page.filter(found -> Boolean.TRUE.equals(found.isTruncated()))
                    .map(ListPolicyVersionsResponse::marker)
                    .orElse(null);
        } while (marker != null);
        return versions;
    }

    List<Step> steps(Stage stage) {
        List<PolicyVersion> versions = versions();
        if (versions.isEmpty()) {
            return List.of(step(Action.CREATE, stage, "statements " + ProjectRole.sids(wanted), this::create));
        }
        List<Step> steps = new ArrayList<>();
        String inForce = versions.stream()
                .filter(version -> Boolean.TRUE.equals(version.isDefaultVersion()))
                .map(PolicyVersion::versionId)
                .findFirst()
                .orElse("v1");
        boolean same = calls.find(
                        "iam:GetPolicyVersion",
                        () -> iam.getPolicyVersion(
                                request -> request.policyArn(arn).versionId(inForce)))
                .map(answer -> PolicyText.same(
                        PolicyText.decoded(answer.policyVersion().document()), wanted))
                .orElse(false);
        if (!same) {
            steps.add(step(Action.UPDATE, stage, "statements " + ProjectRole.sids(wanted), this::replace));
        } else if (versions.size() > 1) {
            steps.add(step(Action.UPDATE, stage, "older versions are removed", this::dropOldVersions));
        }
        return steps;
    }

    private Step step(Action action, Stage stage, String detail, Runnable work) {
        return new Step(new PlannedChange(action, POLICY, name, detail), stage, work);
    }

    private void create() {
        calls.create(
                "iam:CreatePolicy",
                () -> iam.createPolicy(request ->
                        request.policyName(name).path(ProjectNames.PATH).policyDocument(wanted.toJson())));
    }

    private void replace() {
        if (versions().size() >= MOST_VERSIONS - 1) {
            dropOldVersions();
        }
        calls.write(
                "iam:CreatePolicyVersion",
                () -> iam.createPolicyVersion(request ->
                        request.policyArn(arn).policyDocument(wanted.toJson()).setAsDefault(true)));
        dropOldVersions();
    }

    private void dropOldVersions() {
        versions().stream()
                .filter(version -> !Boolean.TRUE.equals(version.isDefaultVersion()))
                .forEach(version -> calls.remove(
                        "iam:DeletePolicyVersion",
                        () -> iam.deletePolicyVersion(
                                request -> request.policyArn(arn).versionId(version.versionId()))));
    }

    void remove() {
        dropOldVersions();
        calls.remove("iam:DeletePolicy", () -> iam.deletePolicy(request -> request.policyArn(arn)));
    }
}

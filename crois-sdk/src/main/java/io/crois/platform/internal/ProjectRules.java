package io.crois.platform.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.contract.Json;
import io.crois.contract.PlatformSettings;
import io.crois.project.AccountPolicies;
import io.crois.project.ProjectPlatform;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.policybuilder.iam.IamPolicy;

/**
 * The rules that an account has once for all its projects, as they stand in the template: the account's own names give
 * way to what CloudFormation knows of it.
 */
final class ProjectRules {
    private static final String ACCOUNT = "000000000000";
    private static final String REGION = "us-east-1";
    private static final String BUCKET = "the-bucket-of-the-platform";
    private static final String TABLE = "the-table-of-the-platform";
    private static final String EXECUTION_ROLE = "arn:aws:iam::" + ACCOUNT + ":role/the-execution-role-of-the-platform";
    private static final Map<String, String> REFERENCES = references();

    private ProjectRules() {}

    private static Map<String, String> references() {
        Map<String, String> references = new LinkedHashMap<>();
        references.put(EXECUTION_ROLE, "${ExecutionRole.Arn}");
        references.put("arn:aws:", "arn:${AWS::Partition}:");
        references.put(ACCOUNT, "${AWS::AccountId}");
        references.put(REGION, "${AWS::Region}");
        references.put(BUCKET, "${Bucket}");
        references.put(TABLE, "${Table}");
        return references;
    }

    /** Returns the statements of the bucket's policy. */
    static Map<String, Object> bucket() {
        return policy(IamPolicy.create(policies().bucket()));
    }

    private static AccountPolicies policies() {
        PlatformSettings settings = PlatformSettings.defaults();
        return AccountPolicies.of(ProjectPlatform.builder()
                .region(REGION)
                .account(ACCOUNT)
                .executionRole(EXECUTION_ROLE)
                .controlPlane(EXECUTION_ROLE)
                .addKeyAdministrator(EXECUTION_ROLE)
                .settings(new PlatformSettings(
                        TABLE,
                        BUCKET,
                        settings.cluster(),
                        settings.subnets(),
                        settings.securityGroups(),
                        settings.onDemandQueue(),
                        settings.spotQueue()))
                .build());
    }

    private static Map<String, Object> policy(IamPolicy policy) {
        Map<String, Object> members = new LinkedHashMap<>();
        Json.parse(policy.toJson())
                .fields()
                .forEachRemaining(member -> members.put(member.getKey(), value(member.getValue())));
        return members;
    }

    private static Object value(JsonNode node) {
        if (node.isObject()) {
            Map<String, Object> members = new LinkedHashMap<>();
            node.fields().forEachRemaining(member -> members.put(member.getKey(), value(member.getValue())));
            return members;
        }
        if (node.isArray()) {
            List<Object> elements = new ArrayList<>();
            node.forEach(element -> elements.add(value(element)));
            return elements;
        }
        return text(node.asText());
    }

    /** A policy variable is not CloudFormation's: with a {@code !} it is left as it is. */
    private static Object text(String text) {
        String referring = text.replace("${", "${!");
        for (Map.Entry<String, String> reference : REFERENCES.entrySet()) {
            referring = referring.replace(reference.getKey(), reference.getValue());
        }
        return referring.equals(text.replace("${", "${!")) ? text : Cfn.sub(referring);
    }
}

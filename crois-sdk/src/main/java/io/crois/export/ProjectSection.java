package io.crois.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.contract.Json;
import io.crois.project.AccountPolicies;
import io.crois.project.ProjectBlueprint;
import io.crois.project.ProjectBlueprint.RoleBlueprint;
import software.amazon.awssdk.policybuilder.iam.IamPolicy;

/** The roles, the key and the rights of applications. */
final class ProjectSection {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String KEY_ARN = "KeyArn";
    private static final String HAS_KEY = "HasKeyArn";

    private ProjectSection() {}

    static void addTo(Stack stack, ProjectBlueprint project) {
        stack.parameter(KEY_ARN, "The output KeyArn of this stack, once it is there: roles bear it as a tag")
                .put("Default", "");
        stack.condition(HAS_KEY, not(equal(Stack.ref(KEY_ARN), "")));
        project.roles().forEach(role -> role(stack, project, role));
        key(stack, project);
        if (!project.applicationRoles().isEmpty()) {
            applications(stack, project);
        }
        stack.output(
                KEY_ARN,
                "The key of the project; give it as the parameter of the same name",
                Stack.attribute("Key", "Arn"));
    }

    private static ObjectNode not(JsonNode test) {
        ObjectNode function = JSON.objectNode();
        function.putArray("Fn::Not").add(test);
        return function;
    }

    private static ObjectNode equal(JsonNode value, String text) {
        ObjectNode function = JSON.objectNode();
        function.putArray("Fn::Equals").add(value).add(text);
        return function;
    }

    private static void role(Stack stack, ProjectBlueprint project, RoleBlueprint role) {
        ObjectNode properties = JSON.objectNode()
                .put("RoleName", role.name())
                .put("Path", project.path())
                .put("Description", role.description())
                .put("PermissionsBoundary", project.boundary());
        properties.set("AssumeRolePolicyDocument", document(role.trust()));
        properties
                .putArray("Policies")
                .addObject()
                .put("PolicyName", role.policyName())
                .set("PolicyDocument", document(role.policy()));
        ArrayNode whole = tags(project);
        whole.addObject().put("Key", AccountPolicies.KEY_TAG).set("Value", Stack.ref(KEY_ARN));
        properties.putObject("Tags").putArray("Fn::If").add(HAS_KEY).add(whole).add(tags(project));
        stack.resource(role.kind() + "Role", "AWS::IAM::Role", properties);
    }

    private static void key(Stack stack, ProjectBlueprint project) {
        ObjectNode properties = JSON.objectNode()
                .put("Description", project.keyDescription())
                .put("EnableKeyRotation", true)
                .put("RotationPeriodInDays", project.keyRotationDays());
        properties.set("KeyPolicy", document(project.keyPolicy()));
        properties.set("Tags", tags(project));
        ObjectNode key = stack.resource("Key", "AWS::KMS::Key", properties)
                .put("DeletionPolicy", "Retain")
                .put("UpdateReplacePolicy", "Retain");
        ArrayNode roles = key.putArray("DependsOn");
        project.roles().forEach(role -> roles.add(role.kind() + "Role"));
        ObjectNode alias = JSON.objectNode().put("AliasName", project.keyAlias());
        alias.set("TargetKeyId", Stack.ref("Key"));
        stack.resource("KeyAlias", "AWS::KMS::Alias", alias);
    }

    private static void applications(Stack stack, ProjectBlueprint project) {
        ObjectNode properties = JSON.objectNode()
                .put("ManagedPolicyName", project.applicationPolicyName())
                .put("Path", project.path());
        properties.set("PolicyDocument", document(project.applicationPolicy()));
        ArrayNode roles = properties.putArray("Roles");
        project.applicationRoles().forEach(roles::add);
        stack.resource("ApplicationPolicy", "AWS::IAM::ManagedPolicy", properties);
    }

    private static JsonNode document(IamPolicy policy) {
        return Json.parse(policy.toJson());
    }

    private static ArrayNode tags(ProjectBlueprint project) {
        ArrayNode tags = JSON.arrayNode();
        project.tags().forEach((key, value) -> tags.addObject().put("Key", key).put("Value", value));
        return tags;
    }
}

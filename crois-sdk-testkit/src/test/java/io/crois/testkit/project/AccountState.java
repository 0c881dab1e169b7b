package io.crois.testkit.project;

import io.crois.project.ProjectClients;
import io.crois.project.ProjectPlatform;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.AliasListEntry;
import software.amazon.awssdk.services.kms.model.KeyMetadata;

/** Everything of an account that provisioning can change, in a form that two runs can be compared by. */
final class AccountState {
    private AccountState() {}

    static Map<String, Object> of(ProjectClients clients, ProjectPlatform platform) {
        Map<String, Object> state = new TreeMap<>();
        Map<String, String> keys = keys(clients.kms(), state);
        roles(clients.iam(), keys, state);
        policies(clients.iam(), state);
        clients.secretsManager()
                .listSecrets(request -> request.includePlannedDeletion(false))
                .secretList()
                .forEach(secret ->
                        state.put("secret " + secret.name(), secret.tags().toString()));
        state.put(
                "bucket policy",
                answered(() -> clients.s3()
                        .getBucketPolicy(
                                request -> request.bucket(platform.settings().bucket()))
                        .policy()));
        clients.eventBridge()
                .listRules(request -> request.namePrefix("crois"))
                .rules()
                .forEach(rule -> {
                    state.put("rule " + rule.name(), rule.eventPattern() + rule.stateAsString());
                });
        clients.sfn()
                .listStateMachines(request -> {})
                .stateMachines()
                .forEach(machine -> state.put("machine " + machine.name(), ""));
        clients.scheduler()
                .listScheduleGroups(request -> request.namePrefix("crois-"))
                .scheduleGroups()
                .forEach(group -> state.put("schedules " + group.name(), ""));
        containers(clients, state);
        items(clients.dynamoDb(), platform.settings().table(), state);
        return state;
    }

    /** Those that can still be run; the others stay listed for ever. */
    private static void containers(ProjectClients clients, Map<String, Object> state) {
        clients.ecs()
                .listTaskDefinitions(request -> request.status("ACTIVE"))
                .taskDefinitionArns()
                .forEach(arn -> state.put("task definition " + arn.substring(arn.lastIndexOf('/') + 1), ""));
        clients.batch()
                .describeJobDefinitions(request -> request.status("ACTIVE"))
                .jobDefinitions()
                .forEach(job -> state.put("job definition " + job.jobDefinitionName(), job.revision()));
    }

    /** How many items each project has. */
    private static void items(DynamoDbClient dynamoDb, String table, Map<String, Object> state) {
        dynamoDb.scan(request -> request.tableName(table)).items().forEach(item -> {
            String pk = item.get("pk").s();
            String project = pk.startsWith("##") ? item.get("sk").s() : pk.substring(0, pk.indexOf('#'));
            state.merge("items " + project, 1, (a, b) -> (Integer) a + (Integer) b);
        });
    }

    private static String answered(java.util.function.Supplier<String> call) {
        try {
            return call.get();
        } catch (SdkException e) {
            return "none";
        }
    }

    /** Keys go by their alias, since their ids differ from run to run; those under deletion are as good as gone. */
    private static Map<String, String> keys(KmsClient kms, Map<String, Object> state) {
        Map<String, String> names = new TreeMap<>();
        for (AliasListEntry alias : kms.listAliases().aliases()) {
            if (alias.targetKeyId() != null && alias.aliasName().startsWith("alias/crois/")) {
                names.put(alias.targetKeyId(), alias.aliasName());
            }
        }
        int spare = 0;
        for (var entry : kms.listKeys().keys()) {
            KeyMetadata key =
                    kms.describeKey(request -> request.keyId(entry.keyId())).keyMetadata();
            boolean pending = key.keyStateAsString().equals("PendingDeletion");
            if (pending && !names.containsKey(key.keyId())) {
                continue;
            }
            String name = names.containsKey(key.keyId()) ? names.get(key.keyId()) : "spare " + spare++;
            Map<String, String> tags = new TreeMap<>();
            kms.listResourceTags(request -> request.keyId(key.keyId()))
                    .tags()
                    .forEach(tag -> tags.put(tag.tagKey(), tag.tagValue()));
            if (names.containsKey(key.keyId()) || tags.containsKey("crois:project")) {
                state.put(
                        "key " + name,
                        List.of(
                                key.keyStateAsString(),
                                tags,
                                pending ? "" : rotation(kms, key),
                                kms.getKeyPolicy(request ->
                                                request.keyId(key.keyId()).policyName("default"))
                                        .policy()));
            }
        }
        return names;
    }

    private static String rotation(KmsClient kms, KeyMetadata key) {
        var rotation = kms.getKeyRotationStatus(request -> request.keyId(key.keyId()));
        return rotation.keyRotationEnabled() + "/" + rotation.rotationPeriodInDays();
    }

    private static void roles(IamClient iam, Map<String, String> keys, Map<String, Object> state) {
        for (Role listed : iam.listRoles(request -> {}).roles()) {
            if (listed.path().equals("/") && !listed.roleName().equals("crafto")) {
                state.put("role " + listed.arn(), "");
                continue;
            }
            Role role =
                    iam.getRole(request -> request.roleName(listed.roleName())).role();
            Map<String, String> tags = new TreeMap<>();
            role.tags().forEach(tag -> tags.put(tag.key(), known(tag.value(), keys)));
            List<String> inline = new ArrayList<>();
            iam.listRolePolicies(request -> request.roleName(role.roleName()))
                    .policyNames()
                    .forEach(name -> inline.add(name
                            + decoded(iam.getRolePolicy(request ->
                                            request.roleName(role.roleName()).policyName(name))
                                    .policyDocument())));
            TreeSet<String> attached = new TreeSet<>();
            iam.listAttachedRolePolicies(request -> request.roleName(role.roleName()))
                    .attachedPolicies()
                    .forEach(policy -> attached.add(policy.policyArn()));
            state.put(
                    "role " + role.arn(),
                    List.of(
                            decoded(role.assumeRolePolicyDocument()),
                            role.permissionsBoundary() == null
                                    ? "unbounded"
                                    : role.permissionsBoundary().permissionsBoundaryArn(),
                            tags,
                            inline,
                            attached));
        }
    }

    private static String known(String value, Map<String, String> keys) {
        int slash = value.lastIndexOf("key/");
        return slash < 0 ? value : keys.getOrDefault(value.substring(slash + 4), value);
    }

    private static void policies(IamClient iam, Map<String, Object> state) {
        iam.listPolicies(request -> request.scope("Local")).policies().forEach(policy -> {
            List<String> versions = new ArrayList<>();
            iam.listPolicyVersions(request -> request.policyArn(policy.arn()))
                    .versions()
                    .forEach(version -> versions.add(decoded(iam.getPolicyVersion(
                                    request -> request.policyArn(policy.arn()).versionId(version.versionId()))
                            .policyVersion()
                            .document())));
            state.put("policy " + policy.arn(), versions);
        });
    }

    private static String decoded(String document) {
        return document.startsWith("%") ? URLDecoder.decode(document, StandardCharsets.UTF_8) : document;
    }
}

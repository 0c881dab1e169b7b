package io.crois.testkit.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A request in the form that {@code @cloud-copilot/iam-simulate} reads, and the same request for our evaluator: both
 * are fed by the same JSON.
 */
final class Simulation {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Simulation() {}

    /** Returns our request; the role of a session is known by {@code aws:PrincipalArn}. */
    static AccessRequest request(JsonNode json) {
        JsonNode asked = json.path("request");
        JsonNode context = asked.path("contextVariables");
        AccessRequest.Builder request = AccessRequest.builder(
                        principal(
                                asked.path("principal").asText(),
                                context.path("aws:PrincipalArn").asText()),
                        asked.path("action").asText(),
                        asked.path("resource").path("resource").asText())
                .resourceAccount(asked.path("resource").path("accountId").asText());
        for (Map.Entry<String, JsonNode> key : context.properties()) {
            request.context(key.getKey(), texts(key.getValue()).toArray(String[]::new));
        }
        json.path("identityPolicies").forEach(policy -> request.addIdentityPolicy(named(policy)));
        json.path("permissionBoundaryPolicies").forEach(policy -> request.permissionsBoundary(named(policy)));
        json.path("serviceControlPolicies")
                .forEach(level -> request.addServiceControlLevel(all(level.path("policies"))));
        if (json.has("sessionPolicy")) {
            request.addSessionPolicy(
                    PolicyDocument.parse("session", json.path("sessionPolicy").toString()));
        }
        if (json.has("resourcePolicy")) {
            request.resourcePolicy(
                    PolicyDocument.parse("resource", json.path("resourcePolicy").toString()));
        }
        return request.build();
    }

    private static Principal principal(String name, String arn) {
        if (!name.startsWith("arn:")) {
            return Principal.service(name);
        }
        if (name.contains(":assumed-role/")) {
            return Principal.session(arn, name.substring(name.lastIndexOf('/') + 1));
        }
        return name.endsWith(":root") ? Principal.root(name.split(":", 6)[4]) : Principal.user(name);
    }

    private static List<PolicyDocument> all(JsonNode policies) {
        List<PolicyDocument> all = new ArrayList<>();
        policies.forEach(policy -> all.add(named(policy)));
        return all;
    }

    private static PolicyDocument named(JsonNode policy) {
        return PolicyDocument.parse(
                policy.path("name").asText(), policy.path("policy").toString());
    }

    private static List<String> texts(JsonNode json) {
        List<String> texts = new ArrayList<>();
        if (json.isArray()) {
            json.forEach(text -> texts.add(text.asText()));
        } else {
            texts.add(json.asText());
        }
        return texts;
    }

    /** Returns the simulator's form of a request without policies. */
    static ObjectNode of(Principal principal, String action, String resource, String account) {
        ObjectNode json = MAPPER.createObjectNode();
        ObjectNode asked = json.putObject("request");
        asked.put("principal", principal.arn());
        asked.put("action", action);
        asked.putObject("resource").put("resource", resource).put("accountId", account);
        ObjectNode context = asked.putObject("contextVariables");
        AccessRequest.builder(principal, action, resource)
                .build()
                .context()
                .forEach((key, values) -> context.put(key, values.get(0)));
        json.putArray("identityPolicies");
        json.putArray("serviceControlPolicies");
        json.putArray("resourceControlPolicies");
        return json;
    }

    /** Returns the simulator's form of a request with all its policies. */
    static ObjectNode of(AccessRequest request) throws JsonProcessingException {
        ObjectNode json = of(request.principal(), request.action(), request.resource(), request.resourceAccount());
        ObjectNode context = (ObjectNode) json.at("/request/contextVariables");
        request.context().forEach((key, values) -> {
            if (values.size() == 1) {
                context.put(key, values.get(0));
            } else {
                values.forEach(context.putArray(key)::add);
            }
        });
        for (PolicyDocument policy : request.identityPolicies()) {
            add(json.withArray("/identityPolicies"), policy.name(), MAPPER.readTree(policy.json()));
        }
        if (request.permissionsBoundary().isPresent()) {
            PolicyDocument boundary = request.permissionsBoundary().get();
            add(json.putArray("permissionBoundaryPolicies"), boundary.name(), MAPPER.readTree(boundary.json()));
        }
        if (request.resourcePolicy().isPresent()) {
            json.set(
                    "resourcePolicy",
                    MAPPER.readTree(request.resourcePolicy().get().json()));
        }
        return json;
    }

    /** Adds a policy to one of the lists of a simulation. */
    static void add(ArrayNode policies, String name, JsonNode policy) {
        policies.addObject().put("name", name).set("policy", policy);
    }
}

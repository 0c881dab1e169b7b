package io.crois.testkit.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.contract.ProjectNames;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutLogEventsRequest;
import software.amazon.awssdk.services.kms.model.CreateGrantRequest;
import software.amazon.awssdk.services.kms.model.PutKeyPolicyRequest;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;

/** What can be asked of an account: who may do what to one project, to its platform, and by way of which service. */
final class Questions {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String PROJECT = "red";
    private static final String ROLES = "arn:aws:iam::" + IsolationAccount.ID + ":role/crois/";
    private static final String DEAD_EVENTS =
            "https://sqs.us-east-1.amazonaws.com/" + IsolationAccount.ID + "/crois-dead-events";
    /** The services that take roles, each with where it calls from. */
    private static final Map<String, String> SERVICES = Map.of(
            "lambda.amazonaws.com", TemplateValues.arn("lambda", "function:crois-prepare"),
            "ecs-tasks.amazonaws.com", TemplateValues.arn("ecs", "task/crois/1"),
            "states.amazonaws.com", TemplateValues.arn("states", "stateMachine:crois-red-training"),
            "scheduler.amazonaws.com", TemplateValues.arn("scheduler", "schedule/default/crois-reconcile"),
            "batch.amazonaws.com", TemplateValues.arn("batch", "compute-environment/machines"),
            "ec2.amazonaws.com", TemplateValues.arn("ec2", "instance/i-1"));

    private final IsolationAccount account;

    private Questions(IsolationAccount account) {
        this.account = account;
    }

    /** Returns everything that can be asked. */
    static List<Probe> to(IsolationAccount account) {
        Questions questions = new Questions(account);
        return Stream.of(
                        questions.operations(),
                        questions.rolesTaken(),
                        questions.logs(),
                        questions.functions(),
                        questions.events(),
                        questions.hardened(),
                        questions.newbornKey())
                .flatMap(probes -> probes)
                .toList();
    }

    private Probe probe(String title, Principal principal, AwsRequest call) {
        return Probe.of(title, account.aws.accessRequests(principal, call));
    }

    private Probe from(String source, String title, Principal principal, AwsRequest call) {
        return new Probe(
                title,
                account.aws.accessRequests(principal, call),
                request -> request.toBuilder()
                        .context("aws:SourceArn", source)
                        .context("aws:SourceAccount", IsolationAccount.ID)
                        .build());
    }

    private Stream<Probe> ofEverybody(String title, AwsRequest call) {
        return account.principals().entrySet().stream()
                .map(principal -> probe(principal.getKey() + ": " + title, principal.getValue(), call));
    }

    /** What everybody may do to the project, as in the matrix, and what running takes. */
    private Stream<Probe> operations() {
        return Stream.of(Operation.onProjects(), Running.operations())
                .flatMap(List::stream)
                .flatMap(operation ->
                        ofEverybody(operation.title(), operation.call().apply(account, PROJECT)));
    }

    /** Which services may take which roles. */
    private Stream<Probe> rolesTaken() {
        ProjectNames names = new ProjectNames(PROJECT);
        List<String> roles = new ArrayList<>(account.template.roles().values());
        roles.add(ROLES + names.taskRole());
        roles.add(ROLES + names.flowRole());
        return SERVICES.entrySet().stream()
                .flatMap(service -> roles.stream()
                        .map(role -> from(
                                service.getValue(),
                                service.getKey() + ": take role " + role,
                                Principal.service(service.getKey()),
                                AssumeRoleRequest.builder().roleArn(role).build())));
    }

    /** Who writes which log: Lambda as the functions' roles, ECS as the role that starts containers. */
    private Stream<Probe> logs() {
        return account.template.logGroups().stream()
                .flatMap(group -> ofEverybody(
                        "write to log " + group,
                        PutLogEventsRequest.builder()
                                .logGroupName(group)
                                .logStreamName("1")
                                .build()));
    }

    /** Who calls which function. */
    private Stream<Probe> functions() {
        return account.template.functions().stream()
                .flatMap(function -> ofEverybody(
                        "call function " + function,
                        InvokeRequest.builder().functionName(function).build()));
    }

    /** What rules send to functions, and to the queue of what the functions could not take. */
    private Stream<Probe> events() {
        Principal events = Principal.service("events.amazonaws.com");
        List<String> rules = new ArrayList<>(account.template.rules());
        rules.add(TemplateValues.arn("events", "rule/" + new ProjectNames(PROJECT).rule("crois-", "new-data")));
        List<AwsRequest> calls = new ArrayList<>();
        account.template
                .functions()
                .forEach(function ->
                        calls.add(InvokeRequest.builder().functionName(function).build()));
        calls.add(SendMessageRequest.builder()
                .queueUrl(DEAD_EVENTS)
                .messageBody("{}")
                .build());
        return rules.stream().flatMap(rule -> calls.stream().map(call -> from(rule, rule + ": " + call, events, call)));
    }

    /** What stays closed when somebody opens the key to the whole account, or speaks to the bucket without TLS. */
    private Stream<Probe> hardened() {
        Principal administrator = account.principals().get("account administrator");
        return Stream.concat(
                Stream.of("decrypt with the key itself", "grant the key", "generate a data key")
                        .map(title -> opened(title, administrator, call(title))),
                Stream.of(new Probe(
                        "red task without TLS: read an object",
                        account.aws.accessRequests(account.principals().get("red task"), call("read an object")),
                        request -> request.toBuilder()
                                .context("aws:SecureTransport", "false")
                                .build())));
    }

    /** A key before its roles are there is managed, and grants nothing, opened or not. */
    private Stream<Probe> newbornKey() {
        String policy = account.policies.of("CreateKeyRequest");
        String key = account.aws
                .kms()
                .createKey(create -> create.policy(policy))
                .keyMetadata()
                .keyId();
        Principal administrator = account.principals().get("key administrator");
        return Stream.of(
                probe(
                        "key administrator: change the policy of a new key",
                        administrator,
                        PutKeyPolicyRequest.builder().keyId(key).policy("{}").build()),
                opened(
                        "grant a new key",
                        account.principals().get("account administrator"),
                        CreateGrantRequest.builder()
                                .keyId(key)
                                .granteePrincipal(ROLES + "outsider")
                                .operationsWithStrings("Decrypt")
                                .build()));
    }

    private Probe opened(String title, Principal administrator, AwsRequest call) {
        return new Probe(
                "account administrator of an opened key: " + title,
                account.aws.accessRequests(administrator, call),
                request -> request.withPolicies(Questions::opened));
    }

    private AwsRequest call(String title) {
        return Operation.onProjects().stream()
                .filter(operation -> operation.title().equals(title))
                .findFirst()
                .orElseThrow()
                .call()
                .apply(account, PROJECT);
    }

    private static PolicyDocument opened(PolicyDocument policy) {
        if (!policy.name().equals("key")) {
            return policy;
        }
        try {
            ObjectNode json = (ObjectNode) MAPPER.readTree(policy.json());
            ObjectNode everybody = json.withArray("/Statement").addObject();
            everybody
                    .put("Sid", "Opened")
                    .put("Effect", "Allow")
                    .put("Action", "kms:*")
                    .put("Resource", "*");
            everybody.putObject("Principal").put("AWS", "arn:aws:iam::" + IsolationAccount.ID + ":root");
            return PolicyDocument.parse("key", json.toString());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}

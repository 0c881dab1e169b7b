package io.crois.testkit.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.contract.ProjectNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutLogEventsRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;

/**
 * No statement of the policies of a project and of the functions is superfluous: without any one of them, something
 * changes for somebody.
 */
final class StatementMutationTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String PROJECT = "red";
    private static final List<String> FUNCTIONS =
            List.of("prepare", "probe", "reconcile", "route", "start", "status", "store");
    private static final Set<String> GENERATED = Stream.concat(
                    Stream.of(
                            "red.task/crois",
                            "red.task-trust",
                            "red.flow/crois",
                            "red.flow-trust",
                            "red.application",
                            "project-boundary",
                            "key",
                            "crois"),
                    FUNCTIONS.stream()
                            .flatMap(name ->
                                    Stream.of("crois-" + name + "-function/work", "crois-" + name + "-function-trust")))
            .collect(Collectors.toUnmodifiableSet());

    private static IsolationAccount account;
    private static List<Probe> probes;

    @BeforeAll
    static void everything_that_can_be_asked() throws IOException {
        account = IsolationAccount.create();
        probes = Stream.of(cells(), services(), logs(), hardened())
                .flatMap(probe -> probe)
                .toList();
    }

    @Test
    void without_any_single_statement_something_changes() {
        List<Boolean> before = probes.stream()
                .map(probe -> probe.holds(UnaryOperator.identity()))
                .toList();
        Set<PolicyDocument> policies = generated();
        List<String> superfluous = new ArrayList<>();
        int statements = 0;
        for (PolicyDocument policy : policies) {
            for (int index = 0; index < policy.statements().size(); index++) {
                statements++;
                PolicyDocument mutant = policy.without(index);
                if (!isNoticed(policy, mutant, before)) {
                    superfluous.add(policy.statements().get(index).label());
                }
            }
        }
        assertThat(superfluous).isEmpty();
        assertThat(policies).extracting(PolicyDocument::name).containsExactlyInAnyOrderElementsOf(GENERATED);
        assertThat(statements).isGreaterThan(40);
    }

    @Test
    void a_statement_that_gives_nothing_new_is_not_noticed_and_so_would_be_reported() throws IOException {
        List<Boolean> before = probes.stream()
                .map(probe -> probe.holds(UnaryOperator.identity()))
                .toList();
        PolicyDocument task = generated().stream()
                .filter(policy -> policy.name().equals("red.task/crois"))
                .findFirst()
                .orElseThrow();
        ObjectNode json = (ObjectNode) MAPPER.readTree(task.json());
        json.withArray("/Statement").add(json.at("/Statement/0").deepCopy());

        assertThat(isNoticed(task, PolicyDocument.parse(task.name(), json.toString()), before))
                .isFalse();
        assertThat(isNoticed(task, task.without(0), before)).isTrue();
    }

    private static boolean isNoticed(PolicyDocument policy, PolicyDocument mutant, List<Boolean> before) {
        for (int i = 0; i < probes.size(); i++) {
            Probe probe = probes.get(i);
            if (probe.uses(policy) && probe.holds(used -> used.equals(policy) ? mutant : used) != before.get(i)) {
                return true;
            }
        }
        return false;
    }

    private static Set<PolicyDocument> generated() {
        Set<PolicyDocument> policies = new LinkedHashSet<>();
        probes.stream().flatMap(probe -> probe.requests().stream()).forEach(request -> {
            policies.addAll(request.identityPolicies());
            request.permissionsBoundary().ifPresent(policies::add);
            request.resourcePolicy().ifPresent(policies::add);
        });
        policies.removeIf(policy -> !GENERATED.contains(policy.name()));
        return policies;
    }

    /** What everybody may do to the project, as in the matrix, and what running takes. */
    private static Stream<Probe> cells() {
        return Stream.of(Operation.onProjects(), Running.operations())
                .flatMap(List::stream)
                .flatMap(operation -> account.principals().entrySet().stream()
                        .map(principal -> Probe.of(
                                principal.getKey() + ": " + operation.title(),
                                account.aws.accessRequests(
                                        principal.getValue(), operation.call().apply(account, PROJECT)))));
    }

    /** Which services may take the project's roles. */
    private static Stream<Probe> services() {
        ProjectNames names = new ProjectNames(PROJECT);
        return Running.services().entrySet().stream()
                .flatMap(service -> Stream.concat(
                                Stream.of("crois/" + names.taskRole(), "crois/" + names.flowRole()),
                                FUNCTIONS.stream().map(name -> "crois-" + name + "-function"))
                        .map(role -> new Probe(
                                service.getKey() + ": take role " + role,
                                account.aws.accessRequests(
                                        Principal.service(service.getKey()),
                                        AssumeRoleRequest.builder()
                                                .roleArn("arn:aws:iam::" + IsolationAccount.ID + ":role/" + role)
                                                .build()),
                                request -> request.toBuilder()
                                        .context("aws:SourceArn", service.getValue())
                                        .context("aws:SourceAccount", IsolationAccount.ID)
                                        .build())));
    }

    /** The functions' logs, which Lambda writes as their roles. */
    private static Stream<Probe> logs() {
        return FUNCTIONS.stream()
                .map(name -> Probe.of(
                        name + " function: write its log",
                        account.aws.accessRequests(
                                account.principals().get(name + " function"),
                                PutLogEventsRequest.builder()
                                        .logGroupName(Character.toUpperCase(name.charAt(0)) + name.substring(1) + "Log")
                                        .logStreamName("1")
                                        .build())));
    }

    /** What stays closed when somebody opens the key to the whole account, or speaks to the bucket without TLS. */
    private static Stream<Probe> hardened() {
        Principal administrator = account.principals().get("account administrator");
        return Stream.concat(
                Stream.of("decrypt with the key itself", "grant the key", "generate a data key")
                        .map(title -> new Probe(
                                "account administrator of an opened key: " + title,
                                account.aws.accessRequests(
                                        administrator, named(title).call().apply(account, PROJECT)),
                                request -> request.withPolicies(StatementMutationTest::opened))),
                Stream.of(new Probe(
                        "red task without TLS: read an object",
                        account.aws.accessRequests(
                                account.principals().get("red task"),
                                named("read an object").call().apply(account, PROJECT)),
                        request -> request.toBuilder()
                                .context("aws:SecureTransport", "false")
                                .build())));
    }

    private static Operation named(String title) {
        return Operation.onProjects().stream()
                .filter(operation -> operation.title().equals(title))
                .findFirst()
                .orElseThrow();
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

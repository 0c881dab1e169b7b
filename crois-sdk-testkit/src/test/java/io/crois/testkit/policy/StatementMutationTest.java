package io.crois.testkit.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * No statement of any policy that the template or the provisioner makes is superfluous: without any one of them,
 * something changes for somebody. What they make is found where they make it, so that a new policy cannot be forgotten.
 */
final class StatementMutationTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static IsolationAccount account;
    private static List<Probe> probes;
    private static List<Boolean> before;
    private static Set<PolicyDocument> generated;

    @BeforeAll
    static void everything_that_can_be_asked() throws JsonProcessingException {
        account = IsolationAccount.create();
        probes = Questions.to(account);
        before = probes.stream()
                .map(probe -> probe.holds(UnaryOperator.identity()))
                .toList();
        generated = generated();
    }

    @Test
    void without_any_single_statement_something_changes() {
        List<String> superfluous = new ArrayList<>();
        int statements = 0;
        for (PolicyDocument policy : generated) {
            for (int index = 0; index < policy.statements().size(); index++) {
                statements++;
                if (!isNoticed(policy, policy.without(index))) {
                    superfluous.add(policy.statements().get(index).label());
                }
            }
        }

        assertThat(superfluous).isEmpty();
        assertThat(statements).isGreaterThan(90);
    }

    @Test
    void every_statement_of_the_template_and_every_policy_of_the_provisioner_is_among_them() throws Exception {
        Set<JsonNode> statements = new HashSet<>();
        Set<Set<JsonNode>> whole = new HashSet<>();
        for (PolicyDocument policy : generated) {
            List<JsonNode> own = Statements.of(policy);
            statements.addAll(own);
            whole.add(Set.copyOf(own));
        }
        Map<String, JsonNode> ofTemplate = account.template.statements();
        Map<String, Set<JsonNode>> ofProvisioner = provisioned();

        assertThat(ofTemplate).hasSizeGreaterThan(40);
        assertThat(ofProvisioner).hasSizeGreaterThan(7);
        assertThat(ofTemplate)
                .as("statements that nothing asks about")
                .allSatisfy(
                        (place, statement) -> assertThat(statements).as(place).contains(statement));
        assertThat(ofProvisioner)
                .as("policies that nothing asks about")
                .allSatisfy((call, policy) -> assertThat(whole).as(call).contains(policy));
    }

    @Test
    void a_statement_that_gives_nothing_new_is_not_noticed_and_so_would_be_reported() throws JsonProcessingException {
        PolicyDocument task = named("red.task/crois");
        ObjectNode json = (ObjectNode) MAPPER.readTree(task.json());
        json.withArray("/Statement").add(json.at("/Statement/0").deepCopy());

        assertThat(isNoticed(task, PolicyDocument.parse(task.name(), json.toString())))
                .isFalse();
        assertThat(isNoticed(task, task.without(0))).isTrue();
    }

    private static PolicyDocument named(String name) {
        return generated.stream()
                .filter(policy -> policy.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isNoticed(PolicyDocument policy, PolicyDocument mutant) {
        for (int i = 0; i < probes.size(); i++) {
            Probe probe = probes.get(i);
            if (probe.uses(policy) && probe.holds(used -> used.equals(policy) ? mutant : used) != before.get(i)) {
                return true;
            }
        }
        return false;
    }

    /** Returns those of the policies in the account that the template or the provisioner made. */
    private static Set<PolicyDocument> generated() throws JsonProcessingException {
        Set<JsonNode> ofTemplate = new HashSet<>(account.template.statements().values());
        Set<Set<JsonNode>> ofProvisioner = new HashSet<>(provisioned().values());
        Set<PolicyDocument> policies = new LinkedHashSet<>();
        probes.stream().flatMap(probe -> probe.requests().stream()).forEach(request -> {
            policies.addAll(request.identityPolicies());
            request.permissionsBoundary().ifPresent(policies::add);
            request.resourcePolicy().ifPresent(policies::add);
        });
        policies.removeIf(policy -> {
            Set<JsonNode> own = Set.copyOf(Statements.of(policy));
            return !ofTemplate.containsAll(own) && !ofProvisioner.contains(own);
        });
        return policies;
    }

    /** Returns the policies that the provisioner gave out, by the calls that carried them. */
    private static Map<String, Set<JsonNode>> provisioned() throws JsonProcessingException {
        Map<String, Set<JsonNode>> policies = new LinkedHashMap<>();
        for (Map.Entry<String, String> document : account.policies.documents().entrySet()) {
            policies.put(
                    document.getKey(),
                    Set.copyOf(Statements.of(PolicyDocument.parse(document.getKey(), document.getValue()))));
        }
        return policies;
    }
}

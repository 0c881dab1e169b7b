package io.crois.testkit.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our evaluator and an independent simulator decide thousands of generated requests, and agree in each. */
final class PolicyAgreementTest {

    private static final int CASES = Integer.getInteger("crois.policy.cases", 3_300);
    private static final long SEED = Long.getLong("crois.policy.seed", 2_026L);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Test
    void both_evaluators_agree_on_every_generated_request(@TempDir Path folder) throws IOException {
        IndependentSimulator simulator = IndependentSimulator.find();
        PolicyCases cases = new PolicyCases(SEED);
        ArrayNode all = MAPPER.createArrayNode();
        Map<String, Integer> verdicts = new TreeMap<>();
        int excluded = 0;
        for (int i = 0; i < CASES; i++) {
            ObjectNode simulation = cases.next();
            if (KnownDifference.of(simulation).isPresent()) {
                excluded++;
                continue;
            }
            Decision decision = PolicyEvaluator.evaluate(Simulation.request(simulation));
            verdicts.merge(decision.verdict().name(), 1, Integer::sum);
            all.addObject()
                    .put("name", "case " + i)
                    .put("verdict", decision.verdict().name())
                    .set("simulation", simulation);
        }
        Path file = Files.writeString(folder.resolve("cases.json"), all.toString());

        assertThat(simulator.disagreements(file)).isEmpty();
        assertThat(all.size()).isGreaterThanOrEqualTo(2_000);
        assertThat(excluded).isLessThan(CASES * 2 / 5);
        assertThat(verdicts.keySet()).hasSize(3);
        assertThat(verdicts.values()).allSatisfy(count -> assertThat(count).isGreaterThan(CASES / 20));
    }

    @Test
    void the_generated_requests_use_every_operator_and_element() {
        PolicyCases cases = new PolicyCases(SEED);
        Set<String> names = new HashSet<>();
        for (int i = 0; i < CASES; i++) {
            cases.next().findParents("Effect").forEach(statement -> {
                statement.fieldNames().forEachRemaining(names::add);
                statement.path("Condition").fieldNames().forEachRemaining(names::add);
            });
        }

        assertThat(names)
                .contains("NotAction", "NotResource", "NotPrincipal", "Null", "BinaryEquals", "Bool", "ArnNotLike")
                .contains("ForAllValues:StringNotLike", "ForAnyValue:StringEquals", "NotIpAddressIfExists")
                .contains("DateLessThanEquals", "NumericGreaterThanEqualsIfExists", "StringNotEqualsIgnoreCase");
        assertThat(names).hasSizeGreaterThan(60);
    }
}

package io.crois.wire;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.contract.ArtifactProduct;
import io.crois.contract.ArtifactUse;
import io.crois.contract.DeployedStep;
import io.crois.contract.ForEachSpec;
import io.crois.contract.Machine;
import io.crois.contract.ProductReturn;
import io.crois.contract.ResourceRule;
import io.crois.contract.RetryRule;
import io.crois.contract.StepSpec;
import io.crois.contract.Value;
import io.crois.workflow.ArtifactKind;
import io.crois.workflow.Backend;
import io.crois.workflow.FailureClass;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON of specs, which deployments write: {@link DeployedStep}, {@link ForEachSpec} and their {@link Value}s.
 */
final class SpecText {

    private SpecText() {}

    static DeployedStep deployed(JsonNode json) {
        Members step = Members.of("a deployed step", json);
        return new DeployedStep(
                spec(step.object("spec")),
                step.textOrNull("taskDefinition"),
                step.textOrNull("jobDefinition"),
                step.textOrNull("kmsKey"));
    }

    static ForEachSpec forEach(JsonNode json) {
        Members spec = Members.of("the spec of a forEach", json);
        return new ForEachSpec(
                spec.text("name"), spec.texts("loops"), value(spec.object("items")), spec.truth("large"));
    }

    private static StepSpec spec(Members spec) {
        return new StepSpec(
                spec.text("step"),
                spec.texts("loops"),
                spec.text("image"),
                values(spec, "command"),
                valuesByName(spec, "environment"),
                spec.textOrNull("workingDirectory"),
                consumes(spec),
                produces(spec),
                OrderText.results(spec, "reports"),
                OrderText.secrets(spec),
                spec.texts("parameters"),
                resources(spec.object("resources")),
                spec.constant("backend", Backend.class),
                spec.truth("spot"),
                spec.truth("cached"),
                retry(spec),
                spec.number("queueBudget"),
                spec.number("runBudget"),
                valuesByName(spec, "bound"),
                returns(spec));
    }

    private static List<ArtifactUse> consumes(Members spec) {
        List<ArtifactUse> uses = new ArrayList<>();
        for (Members each : spec.objects("consumes")) {
            uses.add(use(each));
        }
        return uses;
    }

    private static ArtifactUse use(Members use) {
        return new ArtifactUse(
                use.text("artifact"),
                use.constant("kind", ArtifactKind.class),
                use.integer("depth"),
                use.textOrNull("loop"),
                use.truth("partial"));
    }

    private static List<ArtifactProduct> produces(Members spec) {
        List<ArtifactProduct> products = new ArrayList<>();
        for (Members each : spec.objects("produces")) {
            products.add(new ArtifactProduct(
                    each.text("artifact"), each.constant("kind", ArtifactKind.class), each.truth("optional")));
        }
        return products;
    }

    private static List<RetryRule> retry(Members spec) {
        List<RetryRule> rules = new ArrayList<>();
        for (Members each : spec.objects("retry")) {
            rules.add(new RetryRule(
                    each.constants("classes", FailureClass.class),
                    each.integers("exitCodes"),
                    each.integer("maxAttempts"),
                    each.number("intervalSeconds"),
                    each.real("backoffRate"),
                    each.number("maxDelaySeconds"),
                    each.real("memoryFactor"),
                    each.number("maxMemoryMib")));
        }
        return rules;
    }

    private static List<ProductReturn> returns(Members spec) {
        List<ProductReturn> returns = new ArrayList<>();
        for (Members each : spec.objects("returns")) {
            returns.add(new ProductReturn(
                    each.textOrNull("artifact"), each.textOrNull("result"), each.text("as"), each.integer("depth")));
        }
        return returns;
    }

    private static ResourceRule resources(Members rule) {
        Members artifact = rule.objectOrNull("artifact");
        Members value = rule.objectOrNull("value");
        List<ResourceRule.Tier> tiers = new ArrayList<>();
        for (Members each : rule.objects("tiers")) {
            tiers.add(new ResourceRule.Tier(each.real("upTo"), machine(each.object("machine"))));
        }
        return new ResourceRule(
                artifact == null ? null : use(artifact),
                value == null ? null : value(value),
                tiers,
                machine(rule.object("otherwise")));
    }

    private static Machine machine(Members machine) {
        return Objects.requireNonNull(StatusText.machine(machine));
    }

    private static List<Value> values(Members of, String name) {
        List<Value> values = new ArrayList<>();
        for (Members each : of.objects(name)) {
            values.add(value(each));
        }
        return values;
    }

    static Map<String, Value> valuesByName(Members of, String name) {
        Map<String, Value> values = new LinkedHashMap<>();
        for (Map.Entry<String, Members> each : of.objectsByName(name).entrySet()) {
            values.put(each.getKey(), value(each.getValue()));
        }
        return values;
    }

    /** Kinds are told apart by the member that only they have. */
    private static Value value(Members value) {
        if (value.has("literal")) {
            return new Value.Literal(value.value("literal"));
        }
        if (value.has("parameter")) {
            return new Value.OfParameter(value.text("parameter"));
        }
        if (value.has("result")) {
            return new Value.OfResult(value.text("result"), value.integer("depth"));
        }
        if (value.has("results")) {
            return new Value.OfResults(
                    value.text("results"), value.text("loop"), value.integer("depth"), value.truth("partial"));
        }
        if (value.has("item")) {
            return new Value.OfItem(value.text("item"), value.text("loop"));
        }
        if (value.has("index")) {
            return new Value.OfIndex(value.text("index"));
        }
        if (value.has("concat")) {
            return new Value.Concat(values(value, "concat"));
        }
        throw new IllegalArgumentException(
                "The JSON of " + value.record() + " must be a value, but has none of their members.");
    }

    static @Nullable Map<String, Value> valuesByNameOrNull(Members of, String name) {
        return of.objectOrNull(name) == null ? null : valuesByName(of, name);
    }
}

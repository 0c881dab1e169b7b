package io.crois.compile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.crois.contract.ForEachSpec;
import io.crois.contract.Json;
import io.crois.contract.Machine;
import io.crois.contract.ResourceRule;
import io.crois.contract.StepSpec;
import io.crois.contract.Value;
import io.crois.workflow.Backend;
import io.crois.workflow.Workflow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells what is known of the values of an execution before it runs. */
final class Facts {
    private final Notes notes;
    private final Assumptions assumptions;
    private final @Nullable Map<String, JsonNode> arguments;
    private final Set<String> loopsRead = new HashSet<>();

    Facts(Workflow workflow, Notes notes, Assumptions assumptions) {
        this.notes = notes;
        this.assumptions = assumptions;
        this.arguments =
                assumptions.arguments().map(given -> given.check(workflow)).orElse(null);
        notes.loops().forEach(spec -> noteLoops(spec.items()));
        notes.choices().forEach(choice -> choice.values().values().forEach(this::noteLoops));
    }

    Notes notes() {
        return notes;
    }

    boolean mayFail() {
        return assumptions.mayFail();
    }

    /** Returns whether iterations of a loop may differ in what is known of them. */
    boolean differs(String loop) {
        return loopsRead.contains(loop) || assumptions.tellsIterationsOf(loop);
    }

    /** Returns whether a step finds its outputs, {@code null} where both may be. */
    @Nullable
    Boolean reuses(StepSpec spec, Place place) {
        return assumptions.reuseAt(place, spec.step(), spec.cached());
    }

    /** Returns the number of the case that is assumed, 0 for none of them. */
    @Nullable
    Integer assumedCase(String choose, Place place) {
        return assumptions.caseAt(place, choose);
    }

    /** Returns what is known of a step by its path. */
    StepForecast step(String path, Range containers) {
        StepSpec spec = notes.stepAt(path);
        return spec == null
                ? new StepForecast(containers, List.of(), Backend.AUTO, false)
                : new StepForecast(containers, machines(spec), spec.backend(), spec.spot());
    }

    /** Returns the machines that a step may get; with failures also what its memory may grow to. */
    private List<Machine> machines(StepSpec spec) {
        ResourceRule rule = spec.resources();
        JsonNode measure = rule.value() == null ? null : value(rule.value(), Place.TOP);
        List<Machine> machines = new ArrayList<>();
        if (measure != null && measure.isNumber()) {
            machines.add(rule.machineFor(measure.doubleValue()));
        } else {
            rule.tiers().forEach(tier -> machines.add(tier.machine()));
            machines.add(rule.otherwise());
        }
        if (mayFail()) {
            List.copyOf(machines).forEach(machine -> machines.add(Machines.grown(machine, spec)));
        }
        return machines;
    }

    /** Returns how many items a forEach has. */
    Range count(ForEachSpec spec, Place place) {
        Range told = assumptions.itemsAt(place, spec.name());
        if (told != null) {
            return told;
        }
        JsonNode items = value(spec.items(), place);
        return items != null && items.isArray() ? Range.exactly(items.size()) : Range.ANY;
    }

    /** Returns an item of a forEach, or {@code null} where it is not known. */
    @Nullable
    JsonNode item(ForEachSpec spec, Place place, int index) {
        JsonNode items = value(spec.items(), place);
        JsonNode item = items == null ? null : items.get(index);
        return item == null || item.isMissingNode() ? null : item;
    }

    /** Returns a value, or {@code null} where it is not known. */
    @Nullable
    JsonNode value(Value value, Place place) {
        JsonNode found = read(value, place);
        return found == null || found.isMissingNode() ? null : found;
    }

    private @Nullable JsonNode read(Value value, Place place) {
        if (value instanceof Value.Literal literal) {
            return literal.literal();
        }
        if (value instanceof Value.OfParameter parameter) {
            return arguments == null ? null : arguments.get(parameter.parameter());
        }
        if (value instanceof Value.OfResult result) {
            return assumptions.resultAt(place.outer(result.depth()), result.result());
        }
        if (value instanceof Value.OfResults results) {
            return collected(results, place.outer(results.depth()));
        }
        if (value instanceof Value.OfItem item) {
            JsonNode whole = place.items().get(item.loop());
            return whole == null ? null : whole.at(item.item());
        }
        if (value instanceof Value.OfIndex index) {
            Integer known = place.indexOf(index.index());
            return known == null ? null : IntNode.valueOf(known);
        }
        return joined(((Value.Concat) value).concat(), place);
    }

    /** Returns a list of the right length, in which what is not known is missing. */
    private @Nullable JsonNode collected(Value.OfResults results, Place outer) {
        ForEachSpec spec = spec(results);
        Range count = spec == null ? Range.ANY : count(spec, outer);
        if (!count.isExact() || count.most() > Integer.MAX_VALUE) {
            return null;
        }
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < count.most(); i++) {
            JsonNode told = assumptions.resultAt(outer.in(results.loop(), i, null), results.results());
            list.add(told == null ? MissingNode.getInstance() : told);
        }
        return list;
    }

    private @Nullable ForEachSpec spec(Value.OfResults results) {
        for (ForEachSpec spec : notes.loops()) {
            if (spec.name().equals(results.loop()) && spec.loops().size() == results.depth()) {
                return spec;
            }
        }
        return null;
    }

    private @Nullable JsonNode joined(List<Value> parts, Place place) {
        StringBuilder text = new StringBuilder();
        for (Value part : parts) {
            JsonNode known = value(part, place);
            if (known == null) {
                return null;
            }
            text.append(known.isTextual() ? known.textValue() : Json.write(known));
        }
        return TextNode.valueOf(text.toString());
    }

    private void noteLoops(Value value) {
        if (value instanceof Value.OfItem item) {
            loopsRead.add(item.loop());
        } else if (value instanceof Value.OfIndex index) {
            loopsRead.add(index.index());
        } else if (value instanceof Value.Concat concat) {
            concat.concat().forEach(this::noteLoops);
        }
    }
}

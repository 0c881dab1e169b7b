package io.crois.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.contract.BudgetTerms;
import io.crois.contract.ExecutionItem;
import io.crois.contract.FeedEvent;
import io.crois.contract.ItemList;
import io.crois.contract.Machine;
import io.crois.contract.Prepared;
import io.crois.contract.ResultProduct;
import io.crois.contract.RouteDecision;
import io.crois.contract.Run;
import io.crois.contract.SecretUse;
import io.crois.contract.StepDecision;
import io.crois.contract.StepItem;
import io.crois.contract.StepTerms;
import io.crois.contract.StoredArtifact;
import io.crois.contract.SubmitTerms;
import io.crois.contract.TaskOrder;
import io.crois.contract.TaskReport;
import io.crois.contract.UtcText;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values as trees of JSON: texts, numbers, times, collections, and the records that are written by hand. */
final class Trees {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Trees() {}

    /** Returns a value as a tree, or {@code null} where it is or holds something that is not written by hand. */
    static @Nullable JsonNode of(Object value) {
        if (value instanceof String text) {
            return NODES.textNode(text);
        }
        if (value instanceof Number number) {
            return number(number);
        }
        if (value instanceof JsonNode json) {
            return json;
        }
        if (value instanceof Boolean truth) {
            return NODES.booleanNode(truth);
        }
        if (value instanceof Enum<?> constant) {
            return NODES.textNode(constant.name());
        }
        if (value instanceof Instant time) {
            return NODES.textNode(UtcText.iso(time));
        }
        if (value instanceof Collection<?> values) {
            return list(values);
        }
        if (value instanceof Map<?, ?> values) {
            return object(values);
        }
        return value instanceof Record record ? record(record) : null;
    }

    private static @Nullable JsonNode number(Number number) {
        if (number instanceof Integer integer) {
            return NODES.numberNode(integer.intValue());
        }
        if (number instanceof Long integer) {
            return NODES.numberNode(integer.longValue());
        }
        return number instanceof Double real ? NODES.numberNode(real.doubleValue()) : null;
    }

    private static @Nullable JsonNode list(Collection<?> values) {
        ArrayNode list = NODES.arrayNode(values.size());
        for (Object each : values) {
            JsonNode tree = each == null ? NODES.nullNode() : of(each);
            if (tree == null) {
                return null;
            }
            list.add(tree);
        }
        return list;
    }

    /** With its members in the order of their names. */
    private static @Nullable JsonNode object(Map<?, ?> values) {
        String[] names = new String[values.size()];
        int count = 0;
        for (Object name : values.keySet()) {
            if (!(name instanceof String text)) {
                return null;
            }
            names[count++] = text;
        }
        Arrays.sort(names);
        ObjectNode object = NODES.objectNode();
        for (String name : names) {
            Object value = values.get(name);
            JsonNode tree = value == null ? NODES.nullNode() : of(value);
            if (tree == null) {
                return null;
            }
            object.set(name, tree);
        }
        return object;
    }

    /** The records that functions and agent write, those of a first event before the others. */
    private static @Nullable JsonNode record(Record record) {
        if (record instanceof Run run) {
            return OrderText.tree(run);
        }
        if (record instanceof StepItem item) {
            return StatusText.tree(item);
        }
        if (record instanceof FeedEvent event) {
            return ReportText.tree(event);
        }
        if (record instanceof Machine machine) {
            return StatusText.tree(machine);
        }
        if (record instanceof TaskOrder order) {
            return OrderText.tree(order);
        }
        if (record instanceof Prepared prepared) {
            return RequestText.tree(prepared);
        }
        if (record instanceof TaskReport report) {
            return ReportText.tree(report);
        }
        if (record instanceof TaskReport.Failure failure) {
            return ReportText.tree(failure);
        }
        if (record instanceof StepDecision decision) {
            return StatusText.tree(decision);
        }
        return seldom(record);
    }

    private static @Nullable JsonNode seldom(Record record) {
        if (record instanceof RouteDecision decision) {
            return RequestText.tree(decision);
        }
        if (record instanceof ItemList list) {
            return RequestText.tree(list);
        }
        if (record instanceof StepDecision.Ran ran) {
            return StatusText.tree(ran);
        }
        if (record instanceof StepDecision.Terms terms) {
            return StatusText.tree(terms);
        }
        if (record instanceof StoredArtifact stored) {
            return OrderText.tree(stored);
        }
        if (record instanceof TaskReport.Phase phase) {
            return ReportText.tree(phase);
        }
        if (record instanceof TaskOrder.Input input) {
            return OrderText.tree(input);
        }
        if (record instanceof TaskOrder.Output output) {
            return OrderText.tree(output);
        }
        if (record instanceof ResultProduct result) {
            return OrderText.tree(result);
        }
        if (record instanceof SecretUse secret) {
            return OrderText.tree(secret);
        }
        return ofExecution(record);
    }

    private static @Nullable JsonNode ofExecution(Record record) {
        if (record instanceof ExecutionItem item) {
            return StatusText.tree(item);
        }
        if (record instanceof SubmitTerms terms) {
            return TermsText.tree(terms);
        }
        if (record instanceof StepTerms terms) {
            return TermsText.tree(terms);
        }
        return record instanceof BudgetTerms budget ? TermsText.tree(budget) : null;
    }
}

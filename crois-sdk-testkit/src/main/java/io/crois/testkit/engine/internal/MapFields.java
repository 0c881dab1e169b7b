package io.crois.testkit.engine.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.crois.asl.MapState;
import io.crois.asl.QueryLanguage;
import io.crois.testkit.engine.internal.Frame.MapItem;
import io.crois.testkit.engine.internal.expression.Expressions;
import io.crois.testkit.engine.internal.expression.StatesError;
import io.crois.testkit.engine.internal.expression.Template;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What inline and distributed Maps have in common: items, how they are shaped, and how many run at once. */
final class MapFields {

    private final QueryLanguage language;
    private final @Nullable Template itemsPath;
    private final String shownPath;
    private final @Nullable Template items;
    private final @Nullable String shownItems;
    private final @Nullable Template itemSelector;
    private final NumberField maxConcurrency;

    MapFields(MapState state, QueryLanguage language) {
        boolean isJsonata = language == QueryLanguage.JSONATA;
        this.language = language;
        this.itemsPath =
                isJsonata ? null : state.itemsPath().map(Expressions::path).orElse(null);
        this.shownPath = state.itemsPath().orElse("$").replaceFirst("^\\$\\$", "\\$");
        this.items = isJsonata ? JsonataFlow.template(state.items(), "Items") : null;
        this.shownItems = state.items()
                .map(value -> value.isTextual() ? Expressions.bare(value.textValue()) : value.toString())
                .orElse(null);
        this.itemSelector = selector(state, isJsonata);
        this.maxConcurrency = NumberField.of(state, "MaxConcurrency", language);
    }

    private static @Nullable Template selector(MapState state, boolean isJsonata) {
        if (isJsonata) {
            return JsonataFlow.template(state.itemSelector(), "ItemSelector");
        }
        return JsonPathFlow.template(state.itemSelector().or(state::parameters));
    }

    /** Returns the items: an array. */
    JsonNode items(Frame frame) {
        JsonNode value = selected(frame);
        if (!value.isArray()) {
            throw notAnArray(value);
        }
        return value;
    }

    /** Returns the items of a distributed Map: of an array, or the pairs of an object. */
    MapItems manyItems(Frame frame) {
        JsonNode value = selected(frame);
        MapItems many = new MapItems(frame.execution().surroundings());
        if (!many.addAll(value, MapItems.STATE_DATA)) {
            throw notAnArray(value);
        }
        return many;
    }

    private JsonNode selected(Frame frame) {
        if (items != null) {
            return items.evaluate(frame.evaluation());
        }
        JsonNode value = itemsPath == null ? frame.effectiveInput() : itemsPath.evaluate(frame.evaluation());
        if (value.isArray()) {
            frame.see("afterItemsPath", value);
        }
        return value;
    }

    private StatesError notAnArray(JsonNode value) {
        if (items != null) {
            return Expressions.unexpectedType(String.valueOf(shownItems), "Items", "array", value);
        }
        return language == QueryLanguage.JSONATA
                ? StatesError.inState(
                        StatesError.QUERY_EVALUATION, "Map state input must be an array but was: " + value, null)
                : StatesError.of(StatesError.RUNTIME, "Reference path \"" + shownPath + "\" must point to array.");
    }

    /** Returns how many iterations run at once, at most {@code limit}; 0 in the definition means the limit. */
    int concurrency(Frame frame, int limit) {
        Long wanted = maxConcurrency.read(frame);
        if (wanted != null && wanted < 0) {
            throw StatesError.runtime("MaxConcurrency cannot be negative.");
        }
        frame.see("maxConcurrency", JsonNodeFactory.instance.numberNode(wanted == null ? 0 : wanted));
        return wanted == null || wanted == 0 ? limit : (int) Math.min(limit, wanted);
    }

    /** Notes what the iterations of a state that is being tested would begin with. */
    void seeInputs(Frame frame, MapItems found) {
        if (itemSelector != null) {
            ArrayNode inputs = JsonNodeFactory.instance.arrayNode();
            inputs.addAll(inputs(frame, found));
            frame.see("afterItemSelector", inputs);
        }
    }

    /** Returns what the iterations begin with. */
    List<JsonNode> inputs(Frame frame, MapItems found) {
        List<JsonNode> inputs = new ArrayList<>(found.size());
        for (int i = 0; i < found.size(); i++) {
            inputs.add(itemInput(frame, found.get(i)));
        }
        return inputs;
    }

    /** Returns what an iteration begins with: the item, or the pair of an object, unless a selector says otherwise. */
    JsonNode itemInput(Frame frame, MapItem item) {
        if (itemSelector == null && item.key() != null) {
            return JsonNodeFactory.instance.objectNode().put("Key", item.key()).set("Value", item.value());
        }
        return itemSelector == null
                ? item.value()
                : itemSelector.evaluate(new Evaluation(frame, frame.effectiveInput(), null, null, item));
    }
}

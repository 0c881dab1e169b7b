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
        if (items != null) {
            JsonNode value = items.evaluate(frame.evaluation());
            if (!value.isArray()) {
                throw Expressions.unexpectedType(String.valueOf(shownItems), "Items", "array", value);
            }
            return value;
        }
        JsonNode value = itemsPath == null ? frame.effectiveInput() : itemsPath.evaluate(frame.evaluation());
        if (!value.isArray()) {
            throw notAnArray(value);
        }
        frame.see("afterItemsPath", value);
        return value;
    }

    private StatesError notAnArray(JsonNode value) {
        return language == QueryLanguage.JSONATA
                ? StatesError.inState(
                        StatesError.QUERY_EVALUATION, "Map state input must be an array but was: " + value, null)
                : StatesError.runtime("Reference path \"" + shownPath + "\" must point to array.");
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
    void seeInputs(Frame frame, JsonNode found) {
        if (itemSelector != null) {
            ArrayNode inputs = JsonNodeFactory.instance.arrayNode();
            for (int i = 0; i < found.size(); i++) {
                inputs.add(itemInput(frame, new MapItem(i, found.get(i))));
            }
            frame.see("afterItemSelector", inputs);
        }
    }

    /** Returns what an iteration begins with. */
    JsonNode itemInput(Frame frame, MapItem item) {
        return itemSelector == null
                ? item.value()
                : itemSelector.evaluate(new Evaluation(frame, frame.effectiveInput(), null, null, item));
    }
}

package io.crois.runtime.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.crois.contract.ArtifactUse;
import io.crois.contract.ItemKey;
import io.crois.contract.Run;
import io.crois.contract.SealedArgument;
import io.crois.contract.StoredArtifact;
import io.crois.contract.SubmitTerms;
import io.crois.contract.TaskOrder;
import io.crois.contract.Value;
import io.crois.table.CroisTable;
import io.crois.table.ForEachItems;
import io.crois.wire.Records;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What is known at one place of a run: arguments, results and artifacts of earlier steps, items. For one request. */
final class KnownValues {
    private final CroisTable table;
    private final Run run;
    private final Map<String, JsonNode> arguments;
    private final SubmitTerms terms;

    private KnownValues(CroisTable table, Run run, Map<String, JsonNode> arguments, SubmitTerms terms) {
        this.table = table;
        this.run = run;
        this.arguments = arguments;
        this.terms = terms;
    }

    /**
     * Returns the values at a place.
     *
     * @throws MissingValue if the execution is not in the table
     */
    static KnownValues of(CroisTable table, Submitted submitted, Run run) {
        Submitted.With with = submitted.of(run);
        return new KnownValues(table, run, with.arguments(), with.terms());
    }

    /** Returns what the execution does otherwise than its workflow says. */
    SubmitTerms terms() {
        return terms;
    }

    /**
     * Returns the value as JSON.
     *
     * @throws MissingValue if it is not there
     */
    JsonNode json(Value value) {
        if (value instanceof Value.Literal literal) {
            return literal.literal();
        }
        if (value instanceof Value.OfParameter parameter) {
            return argument(parameter.parameter());
        }
        if (value instanceof Value.OfResult result) {
            return result(run.scopeAt(result.depth()), result.result());
        }
        if (value instanceof Value.OfResults results) {
            return results(results);
        }
        if (value instanceof Value.OfItem item) {
            return item(item);
        }
        if (value instanceof Value.OfIndex index) {
            return IntNode.valueOf(run.indexOf(index.index()));
        }
        return TextNode.valueOf(
                ((Value.Concat) value).concat().stream().map(this::text).collect(Collectors.joining()));
    }

    /** Returns the value as text: a text as it is, everything else as JSON. */
    String text(Value value) {
        JsonNode json = json(value);
        return json.isTextual() ? json.textValue() : Records.write(json);
    }

    /** Returns an argument; in the place of a sealed one its ciphertext. */
    JsonNode argument(String parameter) {
        JsonNode argument = arguments.get(parameter);
        if (argument == null) {
            throw new MissingValue("Parameter `" + parameter + "` has neither an argument nor a default.");
        }
        return SealedArgument.of(argument)
                .map(hidden -> (JsonNode) TextNode.valueOf(hidden.ciphertext()))
                .orElse(argument);
    }

    /** Returns the ciphertexts of the sealed arguments that stand in one of the texts, by parameter. */
    Map<String, String> sealedIn(Collection<String> texts) {
        Map<String, String> sealed = new TreeMap<>();
        arguments.forEach((name, argument) -> SealedArgument.of(argument)
                .map(SealedArgument::ciphertext)
                .filter(ciphertext -> texts.stream().anyMatch(text -> text.contains(ciphertext)))
                .ifPresent(ciphertext -> sealed.put(name, ciphertext)));
        return sealed;
    }

    /** Returns where an artifact lies; one entry for each iteration when it is collected. */
    List<TaskOrder.Input> inputs(ArtifactUse use) {
        String scope = run.scopeAt(use.depth());
        String loop = use.loop();
        if (loop == null) {
            return List.of(new TaskOrder.Input(use.artifact(), artifact(scope, use.artifact())));
        }
        List<Optional<StoredArtifact>> stored =
                collected(scope, loop, inner -> ItemKey.artifact(run, inner, use.artifact()), StoredArtifact.class);
        List<TaskOrder.Input> inputs = new ArrayList<>();
        for (int i = 0; i < stored.size(); i++) {
            String index = Integer.toString(i);
            String name = iteration(scope, loop, i) + use.artifact();
            required(stored.get(i), use.partial(), "Artifact `" + name + "` was not stored")
                    .ifPresent(found -> inputs.add(new TaskOrder.Input(use.artifact() + "/" + index, found)));
        }
        return inputs;
    }

    private StoredArtifact artifact(String scope, String name) {
        return table.read(ItemKey.artifact(run, scope, name), StoredArtifact.class)
                .orElseThrow(() -> new MissingValue(
                        "Artifact `" + scope + name + "` was not stored by the step that produces it."));
    }

    private JsonNode result(String scope, String name) {
        return table.read(ItemKey.result(run, scope, name), JsonNode.class)
                .orElseThrow(() -> new MissingValue(
                        "Result `" + scope + name + "` was not reported by the step that produces it."));
    }

    private JsonNode results(Value.OfResults results) {
        String scope = run.scopeAt(results.depth());
        List<Optional<JsonNode>> reported = collected(
                scope, results.loop(), inner -> ItemKey.result(run, inner, results.results()), JsonNode.class);
        ArrayNode list = JsonNodeFactory.instance.arrayNode(reported.size());
        for (int i = 0; i < reported.size(); i++) {
            String name = iteration(scope, results.loop(), i) + results.results();
            list.add(required(reported.get(i), results.partial(), "Result `" + name + "` was not reported")
                    .orElse(NullNode.getInstance()));
        }
        return list;
    }

    /** Reads what every iteration of a forEach has left, a hundred in a call; in the order of the items. */
    private <T> List<Optional<T>> collected(String scope, String loop, Function<String, ItemKey> keyOf, Class<T> type) {
        List<ItemKey> keys = IntStream.range(0, count(scope, loop))
                .mapToObj(i -> keyOf.apply(iteration(scope, loop, i)))
                .toList();
        Map<ItemKey, T> found = table.readAll(keys, type);
        return keys.stream().map(key -> Optional.ofNullable(found.get(key))).toList();
    }

    /** Only iterations that are allowed to fail may have left nothing. */
    private static <T> Optional<T> required(Optional<T> found, boolean partial, String otherwise) {
        if (found.isEmpty() && !partial) {
            throw new MissingValue(otherwise + " by the step that produces it.");
        }
        return found;
    }

    private JsonNode item(Value.OfItem item) {
        String own = run.scopeOf(item.loop());
        int index = run.indexOf(item.loop());
        String outer = own.substring(
                0, own.length() - iteration("", item.loop(), index).length());
        JsonNode part = items(outer, item.loop())
                .read(index)
                .orElseThrow(() -> new MissingValue("Item " + index + " of forEach `" + item.loop() + "` is gone."))
                .at(item.item());
        if (part.isMissingNode()) {
            throw new MissingValue(
                    "Item " + index + " of forEach `" + item.loop() + "` has nothing at `" + item.item() + "`.");
        }
        return part;
    }

    private int count(String scope, String loop) {
        return items(scope, loop)
                .count()
                .orElseThrow(() -> new MissingValue("The items of forEach `" + scope + loop + "` were not stored."));
    }

    private ForEachItems items(String scope, String loop) {
        return ForEachItems.of(table, new Run(run.project(), run.execution(), scope), loop);
    }

    private static String iteration(String scope, String loop, int index) {
        return scope + loop + "[" + index + "]/";
    }
}

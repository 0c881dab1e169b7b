package io.crois.wire;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.contract.DeployedStep;
import io.crois.contract.Deployment;
import io.crois.contract.ExecutionItem;
import io.crois.contract.FeedEvent;
import io.crois.contract.ForEachSpec;
import io.crois.contract.Json;
import io.crois.contract.PrepareRequest;
import io.crois.contract.ProbeRequest;
import io.crois.contract.RouteRequest;
import io.crois.contract.Run;
import io.crois.contract.StartRequest;
import io.crois.contract.StartRule;
import io.crois.contract.StepDecision;
import io.crois.contract.StepItem;
import io.crois.contract.StoreRequest;
import io.crois.contract.StoredArtifact;
import io.crois.contract.TaskOrder;
import io.crois.contract.TaskReport;
import io.crois.contract.UtcText;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes what the functions and the table exchange: the records that they use often by hand, all others with
 * the mapper of {@link Json}, which is made when the first of them comes.
 */
public final class Records {

    private Records() {}

    /**
     * Reads a value from JSON text.
     *
     * @throws IllegalArgumentException if the text is not the JSON of such a value; it is not repeated in the message
     */
    public static <T> T read(String text, Class<T> type) {
        return read(JsonText.parse(text), type);
    }

    /**
     * Reads a value from a tree.
     *
     * @throws IllegalArgumentException if the tree does not have the shape of such a value
     */
    public static <T> T read(JsonNode json, Class<T> type) {
        Object known = known(json, type);
        return known == null ? Json.read(json, type) : type.cast(known);
    }

    /** Returns a value as a tree, whose text is that of {@link #write}. */
    public static JsonNode tree(Object value) {
        JsonNode tree = Trees.of(value);
        return tree == null ? Json.tree(value) : tree;
    }

    /** Returns the JSON text of a value, with its members in alphabetical order. */
    public static String write(Object value) {
        return new String(bytes(value), StandardCharsets.UTF_8);
    }

    /** Returns the JSON text of a value in UTF-8. */
    public static byte[] bytes(Object value) {
        JsonNode tree = Trees.of(value);
        return tree == null ? Json.write(value).getBytes(StandardCharsets.UTF_8) : JsonText.bytes(tree);
    }

    /** Returns the first 16 hex digits of the SHA-256 of the value's JSON text. */
    public static String digest(Object value) {
        return Json.digestOf(bytes(value));
    }

    /** Those of a first event before the others: to name a class is to load it. */
    static @Nullable Object known(JsonNode json, Class<?> type) {
        if (type == JsonNode.class) {
            return json;
        }
        if (type == PrepareRequest.class) {
            return RequestText.prepare(json);
        }
        if (type == DeployedStep.class) {
            return SpecText.deployed(json);
        }
        if (type == ExecutionItem.class) {
            return StatusText.execution(json);
        }
        if (type == StepItem.class) {
            return StatusText.step(json);
        }
        if (type == StoreRequest.class) {
            return RequestText.store(json);
        }
        if (type == TaskReport.class) {
            return ReportText.report(json);
        }
        if (type == RouteRequest.class) {
            return RequestText.route(json);
        }
        if (type == StepDecision.class) {
            return StatusText.decision(json);
        }
        if (type == TaskOrder.class) {
            return OrderText.read(json);
        }
        return type.isRecord() ? seldom(json, type) : plain(json, type);
    }

    private static @Nullable Object seldom(JsonNode json, Class<?> type) {
        if (type == Run.class) {
            return OrderText.run(Members.of("a run", json));
        }
        if (type == StoredArtifact.class) {
            return OrderText.stored(Members.of("a stored artifact", json));
        }
        if (type == FeedEvent.class) {
            return ReportText.event(json);
        }
        if (type == ForEachSpec.class) {
            return SpecText.forEach(json);
        }
        if (type == Deployment.class) {
            return RequestText.deployment(json);
        }
        if (type == StartRequest.class) {
            return RequestText.start(json);
        }
        if (type == StartRule.class) {
            return RequestText.rule(json);
        }
        return type == ProbeRequest.class ? RequestText.probe(json) : null;
    }

    private static @Nullable Object plain(JsonNode json, Class<?> type) {
        if (type == String.class && json.isTextual()) {
            return json.textValue();
        }
        if (type == Integer.class && json.isInt()) {
            return json.intValue();
        }
        return type == Instant.class && json.isTextual() ? time(json.textValue()) : null;
    }

    private static Instant time(String text) {
        try {
            return UtcText.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("This is not the JSON of a time.");
        }
    }
}

package io.crois.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * What the builders of Task, Parallel and Map share: a result, and what is done when the work fails.
 *
 * @param <B> the builder itself
 */
public abstract class WorkStateBuilder<B extends WorkStateBuilder<B>> extends FlowStateBuilder<B> {
    WorkStateBuilder(ObjectNode node) {
        super(node);
    }

    /** Sets {@code ResultSelector} (JSONPath), a payload template over the raw result. */
    public final B resultSelector(JsonNode template) {
        return field("ResultSelector", template);
    }

    /** Sets {@code ResultPath} (JSONPath); {@code null} discards the result. The default is {@code $}. */
    public final B resultPath(@Nullable String path) {
        return path("ResultPath", path);
    }

    /** Appends to {@code Retry}; the first retrier that matches an error decides. */
    public final B addRetry(Retrier retrier) {
        return add("Retry", retrier.toJsonNode());
    }

    /** Appends to {@code Catch}; the first catcher that matches an error decides. */
    public final B addCatch(Catcher catcher) {
        return add("Catch", catcher.toJsonNode());
    }
}

package io.crois.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * What the builders of states with input and output share.
 *
 * @param <B> the builder itself
 */
public abstract class DataStateBuilder<B extends DataStateBuilder<B>> extends StateBuilder<B> {
    DataStateBuilder(ObjectNode node) {
        super(node);
    }

    /**
     * Sets {@code InputPath} (JSONPath); {@code null} makes the effective input an empty object. The default is
     * {@code $}.
     */
    public final B inputPath(@Nullable String path) {
        return path("InputPath", path);
    }

    /** Sets {@code OutputPath} (JSONPath); {@code null} makes the output an empty object. The default is {@code $}. */
    public final B outputPath(@Nullable String path) {
        return path("OutputPath", path);
    }

    /** Sets {@code Output} (JSONata), any JSON; texts between {@code {%} and {@code %}} in it are evaluated. */
    public final B output(JsonNode output) {
        return field("Output", output);
    }

    /** Sets {@code Output} (JSONata) to a text. */
    public final B output(String output) {
        return field("Output", output);
    }
}

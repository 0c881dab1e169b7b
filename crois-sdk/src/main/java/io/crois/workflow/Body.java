package io.crois.workflow;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Elements that run in order.
 *
 * @param onFailure runs when one of the elements failed, or {@code null}
 * @param lastly runs at the end whatever happened, or {@code null}
 */
public record Body(
        List<Element> elements,
        @Nullable Body onFailure,
        @Nullable Body lastly) {

    public Body {
        elements = List.copyOf(elements);
    }

    /** Builds a nested body. Not thread-safe. */
    public static final class Builder extends BodyBuilder<Builder> {
        Builder(Names names) {
            super(names);
        }

        @Override
        Builder self() {
            return this;
        }
    }
}

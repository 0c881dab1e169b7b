package io.crois.workflow;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs the first case whose condition holds.
 *
 * @param otherwise runs when none holds; {@code null} goes on without doing anything
 */
public record Choose(
        String name, List<Case> cases, @Nullable Body otherwise) implements Element {
    public Choose {
        cases = List.copyOf(cases);
    }

    /** A condition and what runs when it is the first that holds. */
    public record Case(Condition condition, Body body) {}

    /** Builds a choice. Not thread-safe. */
    public static final class Builder {
        private final String name;
        private final Names names;
        private final List<Case> cases = new ArrayList<>();
        private @Nullable Body otherwise;

        Builder(String name, Names names) {
            this.name = name;
            this.names = names;
        }

        /** Appends a case. */
        public Builder when(Condition condition, Consumer<Body.Builder> definition) {
            cases.add(new Case(condition, BodyBuilder.nested(names, definition)));
            return this;
        }

        /** Sets what runs when no case holds. Replaces. */
        public Builder otherwise(Consumer<Body.Builder> definition) {
            otherwise = BodyBuilder.nested(names, definition);
            return this;
        }

        Choose build() {
            return new Choose(name, cases, otherwise);
        }
    }
}

package io.crois.workflow;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Branches that run at the same time. */
public record Parallel(String name, List<Branch> branches) implements Element {
    public Parallel {
        branches = List.copyOf(branches);
    }

    /** One branch; its name is unique among the branches of its parallel. */
    public record Branch(String name, Body body) {}

    /** Builds a parallel. Not thread-safe. */
    public static final class Builder {
        private final String name;
        private final Names names;
        private final List<Branch> branches = new ArrayList<>();

        Builder(String name, Names names) {
            this.name = name;
            this.names = names;
        }

        /** Appends a branch; the name is {@code [A-Za-z][A-Za-z0-9_-]{0,63}}. */
        public Builder branch(String branch, Consumer<Body.Builder> definition) {
            branches.add(new Branch(branch, BodyBuilder.nested(names, definition)));
            return this;
        }

        Parallel build() {
            return new Parallel(name, branches);
        }
    }
}

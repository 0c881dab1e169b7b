package io.crois.workflow;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A whole workflow in the place of one element: its parameters are bound to values of the outer one, and what it
 * returns can be used behind it.
 *
 * @param bindings the operand for each parameter that is bound, by the parameter's name
 * @param returned what can be used behind it; nothing else of the inner workflow is visible outside
 */
public record SubWorkflow(String name, Workflow workflow, Map<String, Operand> bindings, List<Returned> returned)
        implements Element {

    public SubWorkflow {
        bindings = Collections.unmodifiableMap(new LinkedHashMap<>(bindings));
        returned = List.copyOf(returned);
    }

    /** A product of the inner workflow and the reference by which the outer one uses it. */
    public sealed interface Returned {

        /** Returns the product as the inner workflow names it. */
        String inner();

        /** Returns the product as the outer workflow names it. */
        String outer();
    }

    /** An artifact that is returned. */
    public record ReturnedArtifact(Artifact from, Artifact to) implements Returned {
        @Override
        public String inner() {
            return from.name();
        }

        @Override
        public String outer() {
            return to.name();
        }
    }

    /** A result that is returned. */
    public record ReturnedResult(Result<?> from, Result<?> to) implements Returned {
        @Override
        public String inner() {
            return from.name();
        }

        @Override
        public String outer() {
            return to.name();
        }
    }

    /** Collects what goes in and what comes out. Not thread-safe. */
    public static final class Builder {
        private final String name;
        private final Workflow workflow;
        private final Map<String, Operand> bindings = new LinkedHashMap<>();
        private final List<Returned> returned = new ArrayList<>();

        Builder(String name, Workflow workflow) {
            this.name = name;
            this.workflow = workflow;
        }

        /**
         * Binds a parameter of the inner workflow to a literal of its type or to a reference of the outer workflow.
         * Required for every parameter without a default. Literals are held against range and allowed values at
         * {@code build()}; values that are known only at run time are not. Replaces.
         */
        public Builder with(Parameter<?> parameter, Object value) {
            bindings.put(parameter.name(), Operand.of(value));
            return this;
        }

        /** Appends artifacts of the inner workflow that can be used behind it, under their own names. */
        public Builder returns(Artifact... artifacts) {
            for (Artifact artifact : artifacts) {
                returnsAs(artifact, artifact);
            }
            return this;
        }

        /** Appends an artifact of the inner workflow that the outer one uses as {@code outer}. */
        public Builder returnsAs(Artifact inner, Artifact outer) {
            returned.add(new ReturnedArtifact(inner, outer));
            return this;
        }

        /** Appends results of the inner workflow that can be used behind it, under their own names. */
        public Builder returns(Result<?>... results) {
            for (Result<?> result : results) {
                returned.add(new ReturnedResult(result, result));
            }
            return this;
        }

        /** Appends a result of the inner workflow that the outer one uses as {@code outer}. */
        public <T> Builder returnsAs(Result<T> inner, Result<T> outer) {
            returned.add(new ReturnedResult(inner, outer));
            return this;
        }

        SubWorkflow build() {
            return new SubWorkflow(name, workflow, bindings, returned);
        }
    }
}

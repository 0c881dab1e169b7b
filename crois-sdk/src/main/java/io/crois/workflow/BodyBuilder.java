package io.crois.workflow;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The verbs that every body has. Elements are appended and run in that order. Not thread-safe. */
public abstract sealed class BodyBuilder<B extends BodyBuilder<B>>
        permits Body.Builder, ForEach.Builder, Workflow.Builder {
    private final Names names;
    private final List<Element> elements = new ArrayList<>();
    private @Nullable Body onFailure;
    private @Nullable Body lastly;

    BodyBuilder(Names names) {
        this.names = names;
    }

    abstract B self();

    /** Appends a step: one container that runs a command. */
    public B step(String name, Consumer<Step.Builder> definition) {
        Step.Builder step = new Step.Builder(name);
        definition.accept(step);
        return add(step.build());
    }

    /** Appends a step exactly as a module defines it. */
    public B step(String name, Module module) {
        return step(name, s -> s.module(module));
    }

    /** Appends branches that run at the same time; all must succeed. */
    public B parallel(String name, Consumer<Parallel.Builder> definition) {
        Parallel.Builder parallel = new Parallel.Builder(name, names);
        definition.accept(parallel);
        return add(parallel.build());
    }

    /** Appends a body that runs once for each element of a list held by a parameter, result or outer item. */
    public B forEach(String name, Operand items, BiConsumer<ForEach.Builder, Item> definition) {
        ForEach.Builder forEach = new ForEach.Builder(name, items, names);
        definition.accept(forEach, new Item(name));
        return add(forEach.build());
    }

    /** Appends a body that runs once for each element of a list that is known now. */
    public B forEach(String name, List<?> items, BiConsumer<ForEach.Builder, Item> definition) {
        return forEach(name, Operand.of(items), definition);
    }

    /** Appends a choice named {@code choose-1}, {@code choose-2} and so on. */
    public B choose(Consumer<Choose.Builder> definition) {
        return choose(names.next("choose"), definition);
    }

    /** Appends a choice: the first case whose condition holds runs. */
    public B choose(String name, Consumer<Choose.Builder> definition) {
        Choose.Builder choose = new Choose.Builder(name, names);
        definition.accept(choose);
        return add(choose.build());
    }

    /** Appends a whole workflow that takes no arguments and returns nothing; see the longer form. */
    public B subWorkflow(String name, Workflow workflow) {
        return subWorkflow(name, workflow, call -> {});
    }

    /**
     * Appends a whole workflow as one element. It is compiled into this one's state machine, as a Map of one iteration
     * named {@code name}, so that its names may be those of this workflow; see {@link SubWorkflow.Builder} for what
     * goes in and what comes out.
     *
     * <pre>{@code subWorkflow("prepare", preparation, call -> call.with(source, "s3://raw/data.csv").returns(dataset))}
     * </pre>
     */
    public B subWorkflow(String name, Workflow workflow, Consumer<SubWorkflow.Builder> call) {
        SubWorkflow.Builder sub = new SubWorkflow.Builder(name, workflow);
        call.accept(sub);
        return add(sub.build());
    }

    /**
     * Appends a state of the Amazon States Language as it stands, in JSONata and without {@code Next}, {@code End},
     * {@code Output} and {@code Catch}.
     *
     * @throws IllegalArgumentException if {@code state} is no JSON text
     */
    public B raw(String name, String state) {
        return raw(name, r -> r.state(state));
    }

    /** Appends a state of the Amazon States Language as it stands, with values that its expressions may read. */
    public B raw(String name, Consumer<RawState.Builder> definition) {
        RawState.Builder raw = new RawState.Builder(name);
        definition.accept(raw);
        return add(raw.build());
    }

    /** Appends a pause of whole seconds, from 1 second to 99,999,999 seconds. */
    public B waitFor(Duration duration) {
        return add(new Wait(names.next("wait"), duration));
    }

    /** Appends an end as failed, with the error name as cause. */
    public B fail(String error) {
        return fail(error, error);
    }

    /** Appends an end as failed; nothing may follow it. */
    public B fail(String error, String cause) {
        return add(new Fail(names.next("fail"), error, cause));
    }

    /** Sets what runs when an element of this body failed; the failure counts as handled when it succeeds. Replaces. */
    public B onFailure(Consumer<Body.Builder> definition) {
        onFailure = nested(names, definition);
        return self();
    }

    /** Sets what runs at the end of this body, whatever happened. Replaces. */
    public B lastly(Consumer<Body.Builder> definition) {
        lastly = nested(names, definition);
        return self();
    }

    static Body nested(Names names, Consumer<Body.Builder> definition) {
        Body.Builder builder = new Body.Builder(names);
        definition.accept(builder);
        return builder.body();
    }

    Body body() {
        return new Body(elements, onFailure, lastly);
    }

    private B add(Element element) {
        elements.add(element);
        return self();
    }
}

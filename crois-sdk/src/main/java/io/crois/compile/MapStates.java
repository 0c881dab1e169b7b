package io.crois.compile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.contract.ForEachSpec;
import io.crois.contract.StepSpec;
import io.crois.workflow.ForEach;
import io.crois.workflow.Operand;
import java.util.List;
import java.util.OptionalLong;

/** Writes Map states: over the items of a forEach, and over the steps of a chain. */
final class MapStates {
    private static final int MOST_INLINE = 40;
    private static final String VALUE = "$states.context.Map.Item.Value";

    private MapStates() {}

    /** Returns a Map that runs {@code processor} once for each index below {@code $states.input.count}. */
    static ObjectNode each(ForEach forEach, ObjectNode processor) {
        boolean distributed = distributed(forEach);
        boolean large = large(forEach);
        ObjectNode state = Asl.state("Map");
        if (large) {
            readIndexes(state);
        } else {
            state.put("Items", "{% [0..$states.input.count - 1] %}");
        }
        state.putObject("ItemSelector")
                .putObject("run")
                .put("project", "{% $states.input.run.project %}")
                .put("execution", "{% $states.input.run.execution %}")
                .put(
                        "scope",
                        "{% $states.input.run.scope & '" + forEach.name() + "[' & $string(" + VALUE + ") & ']/' %}");
        if (forEach.concurrency() > 0) {
            state.put("MaxConcurrency", forEach.concurrency());
        }
        if (distributed && forEach.toleratedFailures() > 0) {
            state.put("ToleratedFailureCount", forEach.toleratedFailures());
        }
        if (distributed && forEach.toleratedFailurePercentage() > 0) {
            state.put("ToleratedFailurePercentage", forEach.toleratedFailurePercentage());
        }
        if (distributed && forEach.name().length() <= MOST_INLINE) {
            state.put("Label", forEach.name());
        }
        state.set("ItemProcessor", configured(processor, distributed));
        if (large) {
            leaveResults(state);
        }
        return state;
    }

    private static void readIndexes(ObjectNode state) {
        ObjectNode reader = state.putObject("ItemReader").put("Resource", "arn:aws:states:::s3:getObject");
        reader.putObject("ReaderConfig").put("InputType", "JSON");
        reader.putObject("Arguments")
                .put("Bucket", "{% $states.input.list.bucket %}")
                .put("Key", "{% $states.input.list.key %}");
    }

    /** Not even what the iterations end with would fit a state. */
    private static void leaveResults(ObjectNode state) {
        ObjectNode writer = state.putObject("ResultWriter").put("Resource", "arn:aws:states:::s3:putObject");
        writer.putObject("WriterConfig").put("Transformation", "COMPACT").put("OutputType", "JSONL");
        writer.putObject("Arguments")
                .put("Bucket", "{% $states.input.list.bucket %}")
                .put("Prefix", "{% $states.input.list.results %}");
    }

    /** Returns a Map that runs {@code processor} once, in a scope of its own. */
    static ObjectNode once(String name, ObjectNode processor) {
        ObjectNode state = Asl.state("Map");
        state.putArray("Items").add(0);
        state.putObject("ItemSelector")
                .putObject("run")
                .put("project", "{% $states.input.run.project %}")
                .put("execution", "{% $states.input.run.execution %}")
                .put("scope", "{% $states.input.run.scope & '" + name + "[0]/' %}");
        state.set("ItemProcessor", configured(processor, false));
        return state;
    }

    /** Returns a Map that runs {@code processor} for one step after the other. */
    static ObjectNode chain(List<StepSpec> specs, ObjectNode processor) {
        ObjectNode state = Asl.state("Map");
        var items = state.putArray("Items");
        specs.forEach(spec -> items.addObject()
                .put("step", spec.step())
                .put("spec", spec.digest())
                .put("timeout", StepFrame.timeout(spec)));
        ObjectNode selector = state.putObject("ItemSelector").put("run", Asl.RUN);
        List.of("step", "spec", "timeout")
                .forEach(member -> selector.put(member, "{% " + VALUE + "." + member + " %}"));
        state.put("MaxConcurrency", 1).set("ItemProcessor", configured(processor, false));
        return state;
    }

    /** A list of unknown length might not fit the history that inline iterations share. */
    static boolean distributed(ForEach forEach) {
        return switch (forEach.mode()) {
            case INLINE -> false;
            case DISTRIBUTED, LARGE -> true;
            case AUTO ->
                forEach.toleratesFailures()
                        || forEach.concurrency() > MOST_INLINE
                        || count(forEach).orElse(Long.MAX_VALUE) > MOST_INLINE;
        };
    }

    /**
     * Returns whether the indexes are read from S3 and what the iterations end with is left there, since the state may
     * not hold them. Of an iteration that failed and was allowed to, Step Functions tells its input, its error and its
     * cause.
     */
    static boolean large(ForEach forEach) {
        return switch (forEach.mode()) {
            case INLINE -> false;
            case LARGE -> true;
            case AUTO, DISTRIBUTED ->
                forEach.toleratesFailures() || count(forEach).orElse(0) > ForEachSpec.MOST_ITEMS;
        };
    }

    /** Returns the number of items where the author wrote them down. */
    static OptionalLong count(ForEach forEach) {
        return forEach.items() instanceof Operand.Literal literal
                        && literal.value().isArray()
                ? OptionalLong.of(literal.value().size())
                : OptionalLong.empty();
    }

    private static ObjectNode configured(ObjectNode processor, boolean distributed) {
        ObjectNode whole = Asl.object();
        ObjectNode config = whole.putObject("ProcessorConfig").put("Mode", distributed ? "DISTRIBUTED" : "INLINE");
        if (distributed) {
            config.put("ExecutionType", "STANDARD");
        }
        whole.setAll(processor);
        return whole;
    }
}

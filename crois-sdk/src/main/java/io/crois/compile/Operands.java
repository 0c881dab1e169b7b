package io.crois.compile;

import io.crois.contract.ArtifactUse;
import io.crois.contract.ProductReturn;
import io.crois.contract.Value;
import io.crois.workflow.Artifact;
import io.crois.workflow.Item;
import io.crois.workflow.Operand;
import io.crois.workflow.Parameter;
import io.crois.workflow.Result;
import io.crois.workflow.Step;
import io.crois.workflow.SubWorkflow;
import io.crois.workflow.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Turns what an author refers to into where the functions will find it. */
final class Operands {
    private final Layout layout;

    Operands(Layout layout) {
        this.layout = layout;
    }

    /** Returns the wire form of an operand that stands inside these forEach blocks. */
    Value value(Operand operand, List<String> loops) {
        if (operand instanceof Operand.Literal literal) {
            return new Value.Literal(literal.value());
        }
        if (operand instanceof Parameter<?> parameter) {
            return parameter(parameter, loops);
        }
        if (operand instanceof Result<?> result) {
            List<String> producer = layout.frame(loops).loopsOfResult(result.name());
            return new Value.OfResult(result.name(), producer.size());
        }
        if (operand instanceof Result.Collected<?> collected) {
            List<String> producer =
                    layout.frame(loops).loopsOfResult(collected.result().name());
            int depth = collectedDepth(producer, loops);
            return new Value.OfResults(
                    collected.result().name(), producer.get(depth), depth, layout.mayFail(producer, depth));
        }
        if (operand instanceof Item.Field<?> field) {
            return new Value.OfItem(field.pointer(), field.loop());
        }
        if (operand instanceof Item.Index index) {
            return new Value.OfIndex(index.loop());
        }
        return new Value.Concat(((Text) operand)
                .parts().stream().map(part -> value(part, loops)).toList());
    }

    /** Follows the bindings outwards to an argument of the execution, or to what stands in its place. */
    private Value parameter(Parameter<?> parameter, List<String> loops) {
        Frame frame = layout.frame(loops);
        return frame.isOutermost()
                ? new Value.OfParameter(parameter.name())
                : value(frame.binding(parameter), frame.outerLoops());
    }

    /** Returns what the workflows round a step publish of its products, under which names. */
    List<ProductReturn> returns(Step step, List<String> loops) {
        List<ProductReturn> returns = new ArrayList<>();
        step.produces().forEach(artifact -> follow(artifact.name(), true, loops, returns));
        step.reports().forEach(result -> follow(result.name(), false, loops, returns));
        return returns;
    }

    private void follow(String product, boolean artifact, List<String> loops, List<ProductReturn> returns) {
        List<String> names = List.of(product);
        for (Frame frame = layout.frame(loops); frame != null && !frame.isOutermost(); frame = frame.outer()) {
            List<String> inner = names;
            names = frame.returned().stream()
                    .filter(returned -> returned instanceof SubWorkflow.ReturnedArtifact == artifact)
                    .filter(returned -> inner.contains(returned.inner()))
                    .map(SubWorkflow.Returned::outer)
                    .toList();
            int depth = frame.outerLoops().size();
            names.forEach(outer ->
                    returns.add(new ProductReturn(artifact ? product : null, artifact ? null : product, outer, depth)));
        }
    }

    /** Returns the wire form of an artifact read inside these forEach blocks. */
    ArtifactUse use(Artifact artifact, List<String> loops) {
        List<String> producer = layout.frame(loops).loopsOfArtifact(artifact.name());
        if (!artifact.collected()) {
            return new ArtifactUse(artifact.name(), artifact.kind(), producer.size(), null);
        }
        int depth = collectedDepth(producer, loops);
        return new ArtifactUse(
                artifact.name(), artifact.kind(), depth, producer.get(depth), layout.mayFail(producer, depth));
    }

    /** Calls {@code visitor} with every parameter in an operand. */
    static void eachParameter(Operand operand, Consumer<Parameter<?>> visitor) {
        if (operand instanceof Parameter<?> parameter) {
            visitor.accept(parameter);
        } else if (operand instanceof Text text) {
            text.parts().forEach(part -> eachParameter(part, visitor));
        }
    }

    /** Returns how many forEach blocks the producer shares with the reader; the next one is what is collected over. */
    private static int collectedDepth(List<String> producer, List<String> reader) {
        int shared = 0;
        while (shared < producer.size()
                && shared < reader.size()
                && producer.get(shared).equals(reader.get(shared))) {
            shared++;
        }
        if (shared == producer.size()) {
            throw new IllegalStateException("A value is collected over a forEach that it is not inside of. "
                    + "The workflow's own checks should have refused that. This is a bug in Crois, please report it.");
        }
        return shared;
    }
}

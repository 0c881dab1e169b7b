package io.crois.compile;

import io.crois.contract.ArtifactUse;
import io.crois.contract.Value;
import io.crois.workflow.Artifact;
import io.crois.workflow.Item;
import io.crois.workflow.Operand;
import io.crois.workflow.Parameter;
import io.crois.workflow.Result;
import io.crois.workflow.Text;
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
            return new Value.OfParameter(parameter.name());
        }
        if (operand instanceof Result<?> result) {
            return new Value.OfResult(
                    result.name(), layout.loopsOfResult(result.name()).size());
        }
        if (operand instanceof Result.Collected<?> collected) {
            List<String> producer = layout.loopsOfResult(collected.result().name());
            int depth = collectedDepth(producer, loops);
            return new Value.OfResults(collected.result().name(), producer.get(depth), depth);
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

    /** Returns the wire form of an artifact read inside these forEach blocks. */
    ArtifactUse use(Artifact artifact, List<String> loops) {
        List<String> producer = layout.loopsOfArtifact(artifact.name());
        if (!artifact.collected()) {
            return new ArtifactUse(artifact.name(), artifact.kind(), producer.size(), null);
        }
        int depth = collectedDepth(producer, loops);
        return new ArtifactUse(artifact.name(), artifact.kind(), depth, producer.get(depth));
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

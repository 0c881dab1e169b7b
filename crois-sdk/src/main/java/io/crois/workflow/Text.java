package io.crois.workflow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Texts and references joined into one text when the step is prepared. */
public record Text(List<Operand> parts) implements Operand {

    public Text {
        parts = List.copyOf(parts);
    }

    /** Returns the parts joined with nothing between them: {@code Text.of("--eta=", eta)}. */
    public static Text of(Object... parts) {
        return new Text(Arrays.stream(parts).map(Operand::of).toList());
    }

    /** Returns the parts joined with {@code separator} between them. */
    public static Text join(String separator, Object... parts) {
        List<Operand> operands = new ArrayList<>();
        for (Object part : parts) {
            if (!operands.isEmpty()) {
                operands.add(Operand.of(separator));
            }
            operands.add(Operand.of(part));
        }
        return new Text(operands);
    }
}

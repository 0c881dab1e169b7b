package io.crois.asl.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TemplateSyntaxTest {
    @Test
    void intrinsic_functions_are_read_with_their_nesting_and_escapes() {
        assertThat(List.of(
                        "$.a[0]",
                        "States.UUID()",
                        "States.Format('It\\'s \\{{}\\}', $.a[?(@.b == 'x,y')], $$.State.Name)",
                        "States.MathAdd(States.MathAdd(1, -2), $x)"))
                .allMatch(text -> new TemplateSyntax(text).valid());
        assertThat(List.of(
                        "a",
                        "$.a[0",
                        "States.Nothing()",
                        "States.Format('a)",
                        "States.Format('a' 'b')",
                        "States.Format('\\\"')",
                        "States.UUID",
                        "States.UUID() ",
                        "States.Array(".repeat(100_000)))
                .noneMatch(text -> new TemplateSyntax(text).valid());
    }
}

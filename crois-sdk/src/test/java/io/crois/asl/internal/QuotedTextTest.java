package io.crois.asl.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class QuotedTextTest {
    @Test
    void quoted_texts_and_comments_are_blank_however_long_they_are() {
        assertThat(QuotedText.blank("a 'b\\'$c' /* $d */ `$e\\` $f \"$g")).isEqualTo("a       $f  ");
        assertThat(QuotedText.blank("'" + "\\'".repeat(500_000) + "'$x")).isEqualTo(" $x");
    }
}

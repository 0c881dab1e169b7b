package io.crois.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import io.crois.contract.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The reader is held to Jackson's own, also on what is not JSON. */
final class JsonReaderTest {
    private static final ObjectReader JACKSON =
            Json.mapper().readerFor(JsonNode.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final int ROUNDS = 200_000;

    @Test
    void what_a_few_changes_make_of_a_text_is_read_or_refused_as_jackson_does() throws Exception {
        String alphabet = "{}[]\",:\\ \n\t0123456789-+.eEutrfalsn/bxä\u0001\ud83d\ude00";
        String[] texts = {
            "{\"run\": {\"project\": \"p\", \"x\": [1, -20, 3.5e-7, true, false, null]}, \"y\": \"a\\u00e4\\n\\\\\"}",
            "[[], {}, [{\"a\": []}], -0, 0.10, 12345678901234567890, 9223372036854775807, 1E+3]",
            " \"\\ud83d\\ude00 \\/\\b\\f\\r\\t\" ",
            "-1.25",
            "null"
        };
        Random random = new Random(11);
        int read = 0;
        for (int round = 0; round < ROUNDS; round++) {
            StringBuilder text = new StringBuilder(texts[random.nextInt(texts.length)]);
            for (int change = random.nextInt(4); change >= 0; change--) {
                int at = random.nextInt(text.length());
                int width = random.nextInt(2);
                String other = random.nextBoolean()
                        ? ""
                        : alphabet.substring(random.nextInt(alphabet.length())).substring(0, 1);
                text.replace(at, at + width, other);
                if (text.isEmpty()) {
                    text.append(' ');
                }
            }
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            JsonNode expected = jackson(bytes);
            JsonNode found = ours(bytes);

            if (!Objects.equals(found, expected)) { // an assertion for each of so many takes half a minute
                assertThat(found).as("%s", text).isEqualTo(expected);
            }

            read += expected == null ? 0 : 1;
        }
        assertThat(read).isBetween(ROUNDS / 20, ROUNDS - ROUNDS / 20);
    }

    @ParameterizedTest
    @ValueSource(ints = {999, 1000, 1001})
    void nesting_has_jacksons_limit(int depth) throws Exception {
        byte[] text = ("[".repeat(depth) + "]".repeat(depth)).getBytes(StandardCharsets.UTF_8);

        assertThat(ours(text)).isEqualTo(jackson(text));
        assertThat(ours(text) == null).isEqualTo(depth > 1000);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 17, 18, 19, 20, 999, 1000, 1001})
    void numbers_have_jacksons_limit(int digits) throws Exception {
        for (String sign : new String[] {"", "-"}) {
            byte[] text = (sign + "9".repeat(digits)).getBytes(StandardCharsets.UTF_8);

            assertThat(ours(text)).as("%s digits", digits).isEqualTo(jackson(text));
        }
    }

    @Test
    void bytes_that_are_no_utf_8_are_refused_and_a_mark_before_the_text_is_not() throws Exception {
        byte[] text = "\ufeff{\"a\": \"\ufffd\"}".getBytes(StandardCharsets.UTF_8);

        assertThat(ours(text)).isEqualTo(jackson(text));

        text[text.length - 3] = 'x';
        assertThat(ours(text)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"secret\": tru} | line 1, column 12",
                "~{\n  \"secret\": 01}~ | line 2, column 14",
                "~[1,\n\n2~ | line 3, column 2",
                "{\"secret\": 1} {} | line 1, column 15"
            })
    void the_place_is_told_and_nothing_of_the_text(String text, String place) {
        assertThatThrownBy(() -> JsonReader.read(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessage(place);
    }

    private static JsonNode ours(byte[] text) {
        try {
            return JsonReader.read(text);
        } catch (MalformedJsonException e) {
            return null;
        }
    }

    private static JsonNode jackson(byte[] text) throws IOException {
        try {
            return JACKSON.readTree(text);
        } catch (JsonProcessingException | NumberFormatException e) {
            return null;
        }
    }
}

package io.crois.runtime.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretFormsTest {
    private static final String SECRET = "s3cr3t+välue/with=signs";

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "ab", "abc", "abcd", "user:"})
    void a_secret_is_taken_out_of_a_Base64_text_wherever_it_stands_in_it(String before) throws IOException {
        for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
            for (String behind : List.of("", "x", "xy", "xyz")) {
                String printed = encoder.encodeToString((before + SECRET + behind).getBytes(UTF_8));

                assertThat(redacted(printed)).contains("***").hasSizeLessThan(before.length() * 2 + 20);
            }
        }
    }

    @Test
    void a_secret_is_taken_out_where_it_is_URL_encoded() throws IOException {
        String printed = "https://user:" + URLEncoder.encode(SECRET, UTF_8) + "@host";

        assertThat(redacted(printed)).isEqualTo("https://user:***@host");
    }

    @Test
    void each_line_of_a_secret_is_taken_out_but_no_short_one() throws IOException {
        String key = "-----BEGIN-----\nfirst-line-of-key\nab\n";

        assertThat(redacted(key, "first-line-of-key, ab")).isEqualTo("***, ab");
    }

    private static String redacted(String printed) throws IOException {
        return redacted(SECRET, printed);
    }

    private static String redacted(String secret, String printed) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        RedactingStream stream = new RedactingStream(out, new ArrayList<>(SecretForms.of(secret)));
        for (byte each : printed.getBytes(UTF_8)) {
            stream.write(each);
        }
        stream.finish();
        return out.toString(UTF_8);
    }
}

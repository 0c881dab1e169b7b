package io.crois.runtime.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RedactingStreamTest {
    private final ByteArrayOutputStream target = new ByteArrayOutputStream();

    @Test
    void a_secret_is_masked_however_the_writes_are_split() throws IOException {
        byte[] text = "aab secret ssecret secre secretsecret-long aaab".getBytes(UTF_8);
        Random random = new Random(3);

        for (int round = 0; round < 500; round++) {
            target.reset();
            RedactingStream stream = new RedactingStream(target, List.of("secret", "secret-long", "aab", ""));
            for (int at = 0; at < text.length; ) {
                int length = Math.min(text.length - at, random.nextInt(4));
                stream.write(text, at, length);
                at += length;
            }
            stream.finish();

            assertThat(target.toString(UTF_8)).isEqualTo("*** *** s*** secre ****** a***");
        }
    }

    @Test
    void what_cannot_be_a_secret_is_passed_on_at_once() throws IOException {
        RedactingStream stream = new RedactingStream(target, List.of("secret"));

        stream.write("progress 10%\r".getBytes(UTF_8));

        assertThat(target.toString(UTF_8)).isEqualTo("progress 10%\r");
    }
}

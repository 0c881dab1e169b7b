package io.crois.runtime.lambda;

import io.crois.wire.JsonText;
import io.crois.wire.Records;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Function;

/** Reads a function's payload and writes its answer. */
final class Payload {

    private Payload() {}

    /**
     * Answers a request.
     *
     * @param about says what the lines are about that are logged meanwhile
     */
    static <T> void answer(
            InputStream input,
            OutputStream output,
            Class<T> type,
            Function<T, LogContext> about,
            Function<T, Object> function)
            throws IOException {
        T request = Records.read(JsonText.read(input.readAllBytes()), type);
        try (LogContext context = about.apply(request)) {
            output.write(Records.bytes(function.apply(request)));
        }
    }
}

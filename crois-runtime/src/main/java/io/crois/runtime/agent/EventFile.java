package io.crois.runtime.agent;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.wire.JsonText;
import io.crois.wire.MalformedJsonException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the JSON lines that the command appends to its event file, from where the last reading ended. A line that is
 * not a JSON object is told of once; lines past the limits are passed over; secret values are replaced by {@code ***}.
 * Not thread-safe.
 */
final class EventFile {
    private static final int LINE_BYTES = 4 * 1024;
    private static final int LINES = 100;
    private static final int CHUNK_BYTES = 64 * 1024;

    private final Path file;
    private long offset;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final List<String> secrets;
    private boolean malformedTold;

    EventFile(Path file, List<String> secrets) {
        this.file = file;
        this.secrets = secrets;
    }

    /** Returns the lines that were completed since the last call; of more than 100, the last 100. */
    List<JsonNode> read() throws IOException {
        List<JsonNode> events = new ArrayList<>();
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            in.seek(Math.min(offset, in.length()));
            byte[] chunk = new byte[CHUNK_BYTES];
            for (int read = in.read(chunk); read > 0; read = in.read(chunk)) {
                split(chunk, read, events);
            }
            offset = in.getFilePointer();
        }
        return List.copyOf(events.subList(Math.max(0, events.size() - LINES), events.size()));
    }

    private void split(byte[] chunk, int length, List<JsonNode> events) {
        for (int at = 0; at < length; at++) {
            if (chunk[at] == '\n') {
                end(events);
            } else if (line.size() <= LINE_BYTES) {
                line.write(chunk[at]);
            }
        }
    }

    private void end(List<JsonNode> events) {
        String text = redacted(line.toString(StandardCharsets.UTF_8));
        boolean tooLong = line.size() > LINE_BYTES;
        line.reset();
        if (text.isBlank()) {
            return;
        }
        try {
            JsonNode event = tooLong ? null : JsonText.read(text.getBytes(StandardCharsets.UTF_8));
            if (event != null && event.isObject()) {
                events.add(event);
                return;
            }
        } catch (MalformedJsonException malformed) {
            // told below, once
        }
        tellMalformed(events);
    }

    private String redacted(String text) {
        String clear = text;
        for (String secret : secrets) {
            clear = clear.replace(secret, "***");
        }
        return clear;
    }

    private void tellMalformed(List<JsonNode> events) {
        if (!malformedTold) {
            malformedTold = true;
            events.add(JsonText.object()
                    .put("type", "message")
                    .put(
                            "message",
                            "A line of the event file is not a JSON object of at most " + LINE_BYTES
                                    + " bytes; such lines are passed over."));
        }
    }
}

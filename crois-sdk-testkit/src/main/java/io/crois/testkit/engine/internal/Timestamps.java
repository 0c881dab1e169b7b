package io.crois.testkit.engine.internal;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Reads times as RFC 3339 writes them, with a zone. */
final class Timestamps {

    private Timestamps() {}

    /** Returns the time, {@code null} when the text is none. */
    static @Nullable Instant parse(String text) {
        if (text.length() < 20 || text.charAt(10) != 'T' || text.charAt(4) != '-') {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }
}

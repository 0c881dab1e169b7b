package io.crois.testkit.aws.internal.s3;

import org.jspecify.annotations.Nullable;

/** The bytes of an object that a reader asks for, first and last one included. */
record ByteRange(long first, long last, long size, boolean partial) {

    /**
     * Reads a {@code Range} header. As the service does, it takes a header that it does not understand, or that asks
     * for several ranges, for none.
     */
    static ByteRange of(@Nullable String header, long size) {
        ByteRange whole = new ByteRange(0, size - 1, size, false);
        if (header == null || !header.startsWith("bytes=")) {
            return whole;
        }
        String range = header.substring("bytes=".length());
        int dash = range.indexOf('-');
        try {
            return dash < 0 ? whole : of(range.substring(0, dash), range.substring(dash + 1), whole);
        } catch (NumberFormatException e) {
            return whole;
        }
    }

    private static ByteRange of(String from, String to, ByteRange whole) {
        long size = whole.size();
        if (from.isEmpty()) {
            return checked(Math.max(0, size - Long.parseLong(to)), size - 1, size);
        }
        long first = Long.parseLong(from);
        long last = to.isEmpty() ? Long.MAX_VALUE : Long.parseLong(to);
        return last < first ? whole : checked(first, Math.min(last, size - 1), size);
    }

    private static ByteRange checked(long first, long last, long size) {
        if (first >= size) {
            throw S3Refusal.of(416, "InvalidRange", "The requested range is not satisfiable");
        }
        return new ByteRange(first, last, size, true);
    }

    long length() {
        return last - first + 1;
    }

    /** Returns the {@code Content-Range} header, or {@code null} when the whole was asked for. */
    @Nullable
    String header() {
        return partial ? "bytes " + first + "-" + last + "/" + size : null;
    }
}

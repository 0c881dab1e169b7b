package io.crois.wire;

import java.io.IOException;

/** A text is not JSON. The message tells where, and repeats nothing of it, since it may hold data. */
public final class MalformedJsonException extends IOException {
    private static final long serialVersionUID = 1;

    /** Creates the failure to read a text at an index of it. */
    MalformedJsonException(String text, int index) {
        super("line " + line(text, index) + ", column " + (index - text.lastIndexOf('\n', index - 1)));
    }

    private static int line(String text, int index) {
        int line = 1;
        for (int at = text.indexOf('\n'); at >= 0 && at < index; at = text.indexOf('\n', at + 1)) {
            line++;
        }
        return line;
    }
}

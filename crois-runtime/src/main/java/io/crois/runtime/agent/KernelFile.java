package io.crois.runtime.agent;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Figures from the small text files in which the kernel tells of processes and control groups. */
final class KernelFile {
    private static final int LIMIT_BYTES = 64 * 1024;

    private KernelFile() {}

    /**
     * Returns the number that stands behind a name at the beginning of a line, or on the first line.
     *
     * @param name with what stands between it and the number's blanks, or empty for the first line
     * @return 0 where the kernel does not tell it
     */
    static long figure(Path file, String name) {
        String text;
        try (InputStream in = new FileInputStream(file.toString())) {
            text = new String(in.readNBytes(LIMIT_BYTES), StandardCharsets.ISO_8859_1);
        } catch (IOException notTold) {
            return 0;
        }
        int at = text.startsWith(name) ? 0 : text.indexOf("\n" + name) + 1;
        return at == 0 && !text.startsWith(name) ? 0 : number(text, at + name.length());
    }

    private static long number(String text, int from) {
        int at = from;
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
        int end = at;
        while (end < text.length() && Character.isDigit(text.charAt(end))) {
            end++;
        }
        try {
            return Long.parseLong(text, at, end, 10);
        } catch (NumberFormatException notOne) {
            return 0;
        }
    }
}

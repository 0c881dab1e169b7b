package io.crois.samples.crafto.step;

import com.opencsv.RFC4180Parser;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * One row of a CSV file.
 *
 * @param line the line it begins on, from 1
 */
record CsvRow(int line, List<String> fields) {
    CsvRow {
        fields = List.copyOf(fields);
    }

    static CsvRow of(int line, String[] fields) {
        return new CsvRow(line, Arrays.stream(fields).map(String::strip).toList());
    }

    /** Reads a row that stands alone. */
    static CsvRow parse(String file, int line, String text) {
        try {
            return of(line, new RFC4180Parser().parseLine(text));
        } catch (IOException e) {
            throw notClosed(file, line);
        }
    }

    static Refusal notClosed(String file, int line) {
        return new Refusal("File `" + file + "`, line " + line
                + ": a quoted field that begins here is not closed. Add the closing quote.");
    }
}

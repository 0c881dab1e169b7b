package io.crois.samples.crafto.step;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One row of a CSV file.
 *
 * @param line the line it stands on, from 1
 */
record CsvRow(int line, List<String> fields) {
    CsvRow {
        fields = List.copyOf(fields);
    }

    static CsvRow parse(String file, int line, String text) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' && quoted && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                field.append(c);
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                fields.add(field.toString().strip());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        if (quoted) {
            throw new Refusal("File `" + file + "`, line " + line
                    + ": a quoted field is not closed. Add the closing quote on the same line.");
        }
        fields.add(field.toString().strip());
        return new CsvRow(line, fields);
    }

    static String format(List<String> fields) {
        return fields.stream().map(CsvRow::quote).collect(Collectors.joining(","));
    }

    private static String quote(String field) {
        return field.contains(",") || field.contains("\"") ? "\"" + field.replace("\"", "\"\"") + "\"" : field;
    }
}

package io.crois.samples.crafto.step;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A CSV file with a header. Fields may be quoted and doubled quotes stand for one; a field does not span lines.
 *
 * @param name how messages call the file
 */
record CsvTable(String name, List<String> header, List<CsvRow> rows) {
    CsvTable {
        header = List.copyOf(header);
        rows = List.copyOf(rows);
    }

    static CsvTable read(Path file, String name) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new Refusal(
                    "File `" + name + "`: there is no such file. Check the path, which starts at the directory "
                            + "of the program if it is relative.");
        }
        return parse(name, lines(file, name));
    }

    private static List<String> lines(Path file, String name) throws IOException {
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (MalformedInputException e) {
            throw new Refusal("File `" + name + "`: expected UTF-8 text, but found other bytes. Save it as UTF-8.");
        }
    }

    private static CsvTable parse(String name, List<String> lines) {
        if (lines.stream().allMatch(String::isBlank)) {
            throw new Refusal("File `" + name + "`: expected a header and rows, but the file is empty.");
        }
        List<String> header = CsvRow.parse(name, 1, withoutMark(lines.get(0))).fields();
        checkHeader(name, header);
        List<CsvRow> rows = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                rows.add(row(name, i + 1, lines.get(i), header.size()));
            }
        }
        if (rows.isEmpty()) {
            throw new Refusal("File `" + name + "`: expected rows below the header, but found none.");
        }
        return new CsvTable(name, header, rows);
    }

    private static String withoutMark(String line) {
        return line.startsWith("\uFEFF") ? line.substring(1) : line;
    }

    private static void checkHeader(String name, List<String> header) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < header.size(); i++) {
            if (header.get(i).isBlank() || !seen.add(header.get(i))) {
                throw new Refusal("File `" + name + "`, line 1, column " + (i + 1)
                        + ": expected a column name of its own, but found `" + header.get(i) + "`.");
            }
        }
    }

    private static CsvRow row(String name, int line, String text, int columns) {
        CsvRow row = CsvRow.parse(name, line, text);
        if (row.fields().size() != columns) {
            throw new Refusal("File `" + name + "`, line " + line + ": expected " + columns
                    + " fields as in the header, but found " + row.fields().size() + ".");
        }
        return row;
    }

    /** The index of a column, from 0. */
    int column(String column) {
        int index = header.indexOf(column);
        if (index < 0) {
            throw new Refusal("File `" + name + "`, line 1: expected the target column `" + column
                    + "`, but the columns are `" + String.join("`, `", header) + "`. Name one of them as the target.");
        }
        return index;
    }

    void write(Path file, List<CsvRow> selected) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(CsvRow.format(header));
        selected.forEach(row -> lines.add(CsvRow.format(row.fields())));
        Files.write(file, lines);
    }
}

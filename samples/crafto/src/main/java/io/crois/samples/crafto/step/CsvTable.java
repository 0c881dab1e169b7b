package io.crois.samples.crafto.step;

import com.opencsv.CSVReader;
import com.opencsv.CSVReaderBuilder;
import com.opencsv.CSVWriter;
import com.opencsv.RFC4180Parser;
import com.opencsv.exceptions.CsvMalformedLineException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A CSV file with a header. Fields may be quoted as RFC 4180 says, and then hold commas, doubled quotes and line
 * breaks.
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
        return check(name, rows(file, name));
    }

    private static List<CsvRow> rows(Path file, String name) throws IOException {
        List<CsvRow> rows = new ArrayList<>();
        int line = 1;
        try (CSVReader reader = new CSVReaderBuilder(withoutMark(Files.newBufferedReader(file)))
                .withCSVParser(new RFC4180Parser())
                .build()) {
            for (String[] fields = reader.readNextSilently(); fields != null; fields = reader.readNextSilently()) {
                if (fields.length > 1 || !fields[0].isBlank()) {
                    rows.add(CsvRow.of(line, fields));
                }
                line = (int) reader.getLinesRead() + 1;
            }
            return rows;
        } catch (CsvMalformedLineException e) {
            throw CsvRow.notClosed(name, line);
        } catch (MalformedInputException e) {
            throw new Refusal("File `" + name + "`: expected UTF-8 text, but found other bytes. Save it as UTF-8.");
        }
    }

    /** Programs of some systems begin a UTF-8 file with a mark that is no part of its text. */
    private static BufferedReader withoutMark(BufferedReader text) throws IOException {
        text.mark(1);
        if (text.read() != '\uFEFF') {
            text.reset();
        }
        return text;
    }

    private static CsvTable check(String name, List<CsvRow> lines) {
        if (lines.isEmpty()) {
            throw new Refusal("File `" + name + "`: expected a header and rows, but the file is empty.");
        }
        List<String> header = lines.get(0).fields();
        List<CsvRow> rows = lines.subList(1, lines.size());
        List<String> problems = new ArrayList<>();
        checkHeader(name, header, problems);
        rows.forEach(row -> checkFields(name, row, header.size(), problems));
        Refusal.refuse(problems);
        if (rows.isEmpty()) {
            throw new Refusal("File `" + name + "`: expected rows below the header, but found none.");
        }
        return new CsvTable(name, header, rows);
    }

    private static void checkHeader(String name, List<String> header, List<String> problems) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < header.size(); i++) {
            if (header.get(i).isBlank() || !seen.add(header.get(i))) {
                problems.add("File `" + name + "`, line 1, column " + (i + 1)
                        + ": expected a column name of its own, but found `" + header.get(i) + "`.");
            }
        }
    }

    private static void checkFields(String name, CsvRow row, int columns, List<String> problems) {
        if (row.fields().size() != columns) {
            problems.add("File `" + name + "`, line " + row.line() + ": expected " + columns
                    + " fields as in the header, but found " + row.fields().size() + ".");
        }
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
        try (CSVWriter writer = new CSVWriter(Files.newBufferedWriter(file), ',', '"', '"', "\n")) {
            writer.writeNext(header.toArray(String[]::new), false);
            selected.forEach(row -> writer.writeNext(row.fields().toArray(String[]::new), false));
            writer.flush();
        }
    }
}

package io.crois.samples.crafto;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows under a header, for a terminal; columns are as wide as their longest field. */
record TextTable(List<String> header, List<List<String>> rows) {
    TextTable {
        header = List.copyOf(header);
        rows = List.copyOf(rows);
    }

    /** Returns one line a row, the header first, each ended by a line break. */
    String format() {
        List<List<String>> all = new ArrayList<>();
        all.add(header);
        all.addAll(rows);
        List<Integer> widths = IntStream.range(0, header.size())
                .mapToObj(column -> width(all, column))
                .toList();
        return all.stream().map(row -> line(row, widths)).collect(Collectors.joining());
    }

    private static int width(List<List<String>> rows, int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }

    private static String line(List<String> row, List<Integer> widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            line.append(row.get(i)).append(" ".repeat(widths.get(i) - row.get(i).length() + 2));
        }
        return line.toString().stripTrailing() + "\n";
    }
}

package io.crois.render;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One part of a {@link Report} under a heading of its own. */
public sealed interface Section permits Section.Table, Section.Bars, Section.Confusion, Section.Text {

    /** Returns the heading. */
    String title();

    /**
     * Rows and columns.
     *
     * @param header one text a column
     * @param rows each with as many fields as the header; columns that hold numbers alone are aligned to the right
     * @param highlighted the index of the row that stands out, or -1
     */
    record Table(String title, List<String> header, List<List<String>> rows, int highlighted) implements Section {
        public Table {
            header = List.copyOf(header);
            rows = rows.stream().map(List::copyOf).toList();
            for (List<String> row : rows) {
                if (row.size() != header.size()) {
                    throw new IllegalArgumentException("Table `" + title + "`: a row must have " + header.size()
                            + " fields as the header has, but had " + row.size() + ".");
                }
            }
        }

        /** Creates a table in which no row stands out. */
        public Table(String title, List<String> header, List<List<String>> rows) {
            this(title, header, rows, -1);
        }
    }

    /**
     * A horizontal bar for each number; the longest fills the width, one below zero is drawn in another colour.
     *
     * @param bars what is measured → how much, in the order drawn
     */
    record Bars(String title, Map<String, Double> bars) implements Section {
        public Bars {
            bars = Collections.unmodifiableMap(new LinkedHashMap<>(bars));
        }
    }

    /**
     * How often each true class was predicted as which.
     *
     * @param classes in the order of rows and columns
     * @param counts a row a true class, a column a predicted one; square
     */
    record Confusion(String title, List<String> classes, List<List<Long>> counts) implements Section {
        public Confusion {
            classes = List.copyOf(classes);
            counts = counts.stream().map(List::copyOf).toList();
            int size = classes.size();
            if (counts.size() != size || counts.stream().anyMatch(row -> row.size() != size)) {
                throw new IllegalArgumentException("Confusion matrix `" + title + "` must be " + size + " by " + size
                        + ", a row and a column for each class.");
            }
        }
    }

    /** Plain text; empty lines divide paragraphs. */
    record Text(String title, String text) implements Section {}
}

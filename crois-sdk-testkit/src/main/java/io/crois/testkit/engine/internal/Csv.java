package io.crois.testkit.engine.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows as objects of texts. A row without a value for a column has an empty text; values beyond the last column
 * are dropped.
 *
 * @param columns {@code null} when the first row names them
 * @param delimiter between two values
 */
record Csv(@Nullable List<String> columns, char delimiter) {

    static Csv of(JsonNode config) {
        char delimiter = switch (config.path("CSVDelimiter").asText("COMMA")) {
            case "PIPE" -> '|';
            case "SEMICOLON" -> ';';
            case "SPACE" -> ' ';
            case "TAB" -> '\t';
            default -> ',';
        };
        if (!config.path("CSVHeaderLocation").asText().equals("GIVEN")) {
            return new Csv(null, delimiter);
        }
        List<String> columns = new ArrayList<>();
        config.path("CSVHeaders").forEach(name -> columns.add(name.asText()));
        return new Csv(columns, delimiter);
    }

    ArrayNode items(String text) {
        List<List<String>> rows = rows(text);
        List<String> names = columns == null ? (rows.isEmpty() ? List.of() : rows.get(0)) : columns;
        if (new HashSet<>(names).size() < names.size()) {
            throw ItemReaderPlan.failure("CSV headers cannot contain duplicates.");
        }
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        for (List<String> row : columns == null && !rows.isEmpty() ? rows.subList(1, rows.size()) : rows) {
            ObjectNode item = items.addObject();
            for (int i = 0; i < names.size(); i++) {
                item.put(names.get(i), i < row.size() ? row.get(i) : "");
            }
        }
        return items;
    }

    private List<List<String>> rows(String text) {
        List<List<String>> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        StringBuilder value = new StringBuilder();
        boolean isQuoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                if (i + 1 < text.length() && isEscaped(text.charAt(i + 1))) {
                    value.append(text.charAt(++i));
                }
            } else if (isQuoted && c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                value.append(text.charAt(i++));
            } else if (c == '"' && (isQuoted || value.isEmpty())) {
                isQuoted = !isQuoted;
            } else if (isQuoted || (c != delimiter && c != '\n' && c != '\r')) {
                value.append(c);
            } else if (c != '\r') {
                row.add(take(value));
                if (c == '\n') {
                    rows.add(row);
                    row = new ArrayList<>();
                }
            }
        }
        if (!value.isEmpty() || !row.isEmpty()) {
            row.add(take(value));
            rows.add(row);
        }
        rows.removeIf(read -> read.equals(List.of("")));
        return rows;
    }

    /** A backslash before anything else is dropped. */
    private boolean isEscaped(char c) {
        return c == '\\' || c == '"' || c == delimiter;
    }

    private static String take(StringBuilder value) {
        String taken = value.toString();
        value.setLength(0);
        return taken;
    }
}

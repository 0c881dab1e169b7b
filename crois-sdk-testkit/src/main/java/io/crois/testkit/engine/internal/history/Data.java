package io.crois.testkit.engine.internal.history;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Consumer;
import software.amazon.awssdk.services.sfn.model.HistoryEventExecutionDataDetails;

/** Writes inputs and outputs, which the reader of a history may have left out. */
final class Data {

    private static final HistoryEventExecutionDataDetails COMPLETE =
            HistoryEventExecutionDataDetails.builder().truncated(false).build();

    private Data() {}

    static void write(
            JsonNode value,
            boolean wanted,
            Consumer<String> field,
            Consumer<HistoryEventExecutionDataDetails> detailsField) {
        write(wanted ? value.toString() : "", wanted, field, detailsField);
    }

    static void write(
            String text,
            boolean wanted,
            Consumer<String> field,
            Consumer<HistoryEventExecutionDataDetails> detailsField) {
        if (wanted) {
            field.accept(text);
            detailsField.accept(COMPLETE);
        }
    }
}

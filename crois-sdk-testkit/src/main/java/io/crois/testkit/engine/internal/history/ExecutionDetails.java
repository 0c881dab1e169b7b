package io.crois.testkit.engine.internal.history;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;

/** Details of an execution's beginning and end. */
public sealed interface ExecutionDetails extends EventDetails {

    /** An execution begins; the input's text as it was sent, if it was. */
    record Started(
            JsonNode input,
            @Nullable String inputText,
            String roleArn,
            @Nullable String versionArn,
            @Nullable String aliasArn)
            implements ExecutionDetails {
        @Override
        public void write(HistoryEvent.Builder event, HistoryEventType type, boolean withData) {
            event.executionStartedEventDetails(details -> {
                details.roleArn(roleArn).stateMachineVersionArn(versionArn).stateMachineAliasArn(aliasArn);
                Data.write(
                        inputText == null ? input.toString() : inputText,
                        withData,
                        details::input,
                        details::inputDetails);
            });
        }
    }

    /** An execution ends well. */
    record Succeeded(JsonNode output) implements ExecutionDetails {
        @Override
        public void write(HistoryEvent.Builder event, HistoryEventType type, boolean withData) {
            event.executionSucceededEventDetails(
                    details -> Data.write(output, withData, details::output, details::outputDetails));
        }
    }

    /** A failed execution goes on. */
    record Redriven(int count) implements ExecutionDetails {
        @Override
        public void write(HistoryEvent.Builder event, HistoryEventType type, boolean withData) {
            event.executionRedrivenEventDetails(details -> details.redriveCount(count));
        }
    }
}

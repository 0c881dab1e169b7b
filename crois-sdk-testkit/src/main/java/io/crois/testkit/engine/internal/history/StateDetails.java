package io.crois.testkit.engine.internal.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;

/** Details of a state's beginning and end. */
public sealed interface StateDetails extends EventDetails {

    /** A state begins. */
    record Entered(String name, JsonNode input) implements StateDetails {
        @Override
        public void write(HistoryEvent.Builder event, HistoryEventType type, boolean withData) {
            event.stateEnteredEventDetails(details -> {
                details.name(name);
                Data.write(input, withData, details::input, details::inputDetails);
            });
        }
    }

    /** A state ends; the variables are those that it assigned. */
    record Exited(String name, JsonNode output, @Nullable ObjectNode assigned) implements StateDetails {
        @Override
        public void write(HistoryEvent.Builder event, HistoryEventType type, boolean withData) {
            event.stateExitedEventDetails(details -> {
                details.name(name);
                Data.write(output, withData, details::output, details::outputDetails);
                if (assigned != null && withData) {
                    details.assignedVariables(texts(assigned));
                    details.assignedVariablesDetails(truncation -> truncation.truncated(false));
                }
            });
        }

        private static Map<String, String> texts(ObjectNode assigned) {
            Map<String, String> texts = new LinkedHashMap<>();
            assigned.properties()
                    .forEach(entry -> texts.put(entry.getKey(), entry.getValue().toString()));
            return texts;
        }
    }
}

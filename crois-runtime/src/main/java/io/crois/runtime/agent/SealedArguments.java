package io.crois.runtime.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.crois.contract.AgentExit;
import io.crois.contract.SealedArgument;
import io.crois.contract.TaskOrder;
import io.crois.runtime.agent.aws.KeySource;
import io.crois.runtime.agent.aws.ServiceFailure;
import io.crois.wire.JsonText;
import io.crois.workflow.FailureClass;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The arguments that nobody before the agent could read: opened for one attempt, and put where their ciphertext stands
 * in the order. A ciphertext is not guessed, so that no other argument is taken for it.
 */
final class SealedArguments {
    private static final int SHORTEST_JSON_TO_HIDE = 8;

    private final Map<String, JsonNode> byCiphertext = new HashMap<>();

    private SealedArguments() {}

    /**
     * Opens what an order has sealed.
     *
     * @throws AgentFailure if something cannot be opened
     */
    static SealedArguments open(KeySource keys, TaskOrder order) {
        SealedArguments opened = new SealedArguments();
        order.sealed()
                .forEach((parameter, ciphertext) ->
                        opened.byCiphertext.put(ciphertext, open(keys, order, parameter, ciphertext)));
        return opened;
    }

    private static JsonNode open(KeySource keys, TaskOrder order, String parameter, String ciphertext) {
        Map<String, String> context = SealedArgument.context(order.run().project(), order.workflow(), parameter);
        try {
            return JsonText.parse(keys.open(ciphertext, context));
        } catch (ServiceFailure e) {
            FailureClass failureClass = switch (e.kind()) {
                case ABSENT, DENIED, EXPIRED, REFUSED -> FailureClass.ACCESS_DENIED;
                case EXISTS, THROTTLED, BROKEN, LOCAL -> FailureClass.AGENT_FAULT;
            };
            throw failure(failureClass, parameter, e.code() + ".");
        } catch (IllegalArgumentException e) {
            throw failure(FailureClass.AGENT_FAULT, parameter, "it is not what Crois seals.");
        }
    }

    private static AgentFailure failure(FailureClass failureClass, String parameter, String why) {
        return new AgentFailure(
                AgentExit.SECRET_NOT_FETCHED,
                failureClass,
                "The sealed argument `" + parameter + "` could not be opened: " + why);
    }

    /** Returns the order with the values in their places. */
    TaskOrder in(TaskOrder order) {
        if (byCiphertext.isEmpty()) {
            return order;
        }
        List<String> command = order.command().stream().map(this::replaced).toList();
        Map<String, String> environment = new TreeMap<>();
        order.environment().forEach((name, value) -> environment.put(name, replaced(value)));
        Map<String, JsonNode> parameters = new TreeMap<>();
        order.parameters().forEach((name, value) -> parameters.put(name, replaced(value)));
        return order.opened(command, environment, parameters);
    }

    private JsonNode replaced(JsonNode value) {
        if (!value.isTextual()) {
            return value;
        }
        JsonNode whole = byCiphertext.get(value.textValue());
        return whole == null ? TextNode.valueOf(replaced(value.textValue())) : whole;
    }

    private String replaced(String text) {
        String result = text;
        for (Map.Entry<String, JsonNode> entry : byCiphertext.entrySet()) {
            result = result.replace(entry.getKey(), text(entry.getValue()));
        }
        return result;
    }

    private static String text(JsonNode value) {
        return value.isTextual() ? value.textValue() : JsonText.text(value);
    }

    /** Returns what must not be printed: texts, and longer JSON; a number or a truth value is found everywhere. */
    List<String> values() {
        List<String> values = new ArrayList<>();
        byCiphertext.values().forEach(value -> {
            String text = text(value);
            if (value.isTextual() ? !text.isEmpty() : text.length() >= SHORTEST_JSON_TO_HIDE) {
                values.add(text);
            }
        });
        return values;
    }

    @Override
    public String toString() {
        return "SealedArguments[" + byCiphertext.size() + "]";
    }
}

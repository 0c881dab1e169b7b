package io.crois.runtime.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.wire.JsonText;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives events that a dead handler has left once more to a living one. */
final class Redelivery {
    private static final Logger LOG = LoggerFactory.getLogger(Redelivery.class);

    private final DeadLetters letters;
    private final Consumer<JsonNode> handler;

    Redelivery(DeadLetters letters, Consumer<JsonNode> handler) {
        this.letters = letters;
        this.handler = handler;
    }

    /**
     * Handles what waits. What fails again stays; what is no event at all is removed.
     *
     * @param goOn is asked before each part of the queue
     * @return how many were handled
     */
    int redeliver(BooleanSupplier goOn) {
        int handled = 0;
        while (goOn.getAsBoolean()) {
            var part = letters.take();
            if (part.isEmpty()) {
                return handled;
            }
            for (DeadLetters.Letter letter : part) {
                handled += handle(letter) ? 1 : 0;
            }
        }
        return handled;
    }

    private boolean handle(DeadLetters.Letter letter) {
        JsonNode event;
        try {
            event = event(JsonText.parse(letter.body()));
        } catch (IllegalArgumentException e) {
            LOG.error("A dead letter is no JSON and is dropped.");
            letters.remove(letter);
            return false;
        }
        try {
            handler.accept(event);
            letters.remove(letter);
            return true;
        } catch (RuntimeException e) {
            LOG.warn("An event of type {} failed again and stays a dead letter.", event.path("detail-type"), e);
            return false;
        }
    }

    /** A function's on-failure destination wraps the event, a rule's or a function's dead-letter queue holds it. */
    private static JsonNode event(JsonNode letter) {
        return letter.path("requestPayload").isObject() ? letter.path("requestPayload") : letter;
    }
}

package io.crois.testkit.aws.internal.events;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Who takes events, by the service that a target's ARN names. */
public final class EventTargets {

    private final Map<String, BiConsumer<String, String>> services = new HashMap<>();
    private Predicate<Delivery> allowed = delivery -> true;

    /**
     * An input on its way.
     *
     * @param sender the service that sends it, such as {@code events.amazonaws.com}
     * @param source the ARN of the rule or schedule
     * @param role the role with which it is sent; {@code null} is that of the sender itself
     * @param target the ARN of the target
     */
    public record Delivery(
            String sender, String source, @Nullable String role, String target) {}

    /** Lets through only what may be delivered; the rest is lost, as with AWS, where it is not tried again. */
    public void onlyIf(Predicate<Delivery> condition) {
        allowed = condition;
    }

    /**
     * Adds a service.
     *
     * @param service the third part of its ARNs, such as {@code lambda}
     * @param delivery is given the target's ARN and the input, JSON text, on the event loop
     * @return this
     */
    public EventTargets add(String service, BiConsumer<String, String> delivery) {
        services.put(service, delivery);
        return this;
    }

    /**
     * Refuses what cannot be a target.
     *
     * @throws IllegalArgumentException if it is no ARN
     * @throws UnsupportedOperationException if its service takes no events in memory
     */
    public void check(@Nullable String arn) {
        find(arn);
    }

    /** Delivers JSON text to a target, if that is allowed; must be called on the event loop. */
    public void deliver(Delivery delivery, String input) {
        if (allowed.test(delivery)) {
            find(delivery.target()).accept(delivery.target(), input);
        }
    }

    private BiConsumer<String, String> find(@Nullable String arn) {
        String[] parts = arn == null ? new String[0] : arn.split(":", 6);
        if (parts.length < 6) {
            throw new IllegalArgumentException("Provided Arn is not in correct format.");
        }
        BiConsumer<String, String> delivery = services.get(parts[2]);
        if (delivery == null) {
            throw new UnsupportedOperationException("Events to `" + arn + "` are not in memory.");
        }
        return delivery;
    }
}

package io.crois.testkit.aws.internal.queue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is set for a queue, by the names of the service. Used on the event loop only. */
public final class QueueAttributes {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Map<String, String> DEFAULTS = Map.of(
            "DelaySeconds", "0",
            "MaximumMessageSize", "1048576",
            "MessageRetentionPeriod", "345600",
            "ReceiveMessageWaitTimeSeconds", "0",
            "VisibilityTimeout", "30");
    private static final Map<String, int[]> RANGES = Map.of(
            "DelaySeconds", new int[] {0, 900},
            "MaximumMessageSize", new int[] {1_024, 1_048_576},
            "MessageRetentionPeriod", new int[] {60, 1_209_600},
            "ReceiveMessageWaitTimeSeconds", new int[] {0, 20},
            "VisibilityTimeout", new int[] {0, 43_200});

    private final String arn;
    private final Map<String, String> values = new HashMap<>(DEFAULTS);

    QueueAttributes(String arn, Map<String, String> given) {
        this.arn = arn;
        if (isFifoName(arn) != Boolean.parseBoolean(given.getOrDefault("FifoQueue", "false"))) {
            throw QueueRefusal.invalid("The name of a FIFO queue can only include alphanumeric characters, hyphens, or "
                    + "underscores, must end with .fifo suffix and be 1 to 80 in length.");
        }
        set(given);
    }

    private static boolean isFifoName(String arn) {
        return arn.endsWith(".fifo");
    }

    /** Sets some; the others stay. */
    public void set(Map<String, String> given) {
        given.forEach((name, value) -> {
            int[] range = RANGES.get(name);
            if (range != null && !isWithin(value, range)) {
                throw QueueRefusal.invalid("Invalid value for the parameter " + name + ".");
            }
        });
        values.putAll(given);
    }

    private static boolean isWithin(String value, int[] range) {
        return value.matches("\\d{1,9}") && Integer.parseInt(value) >= range[0] && Integer.parseInt(value) <= range[1];
    }

    /** Returns the name of a given attribute that has another value here, {@code null} when all are the same. */
    @Nullable
    String differing(Map<String, String> given) {
        return given.entrySet().stream()
                .filter(entry -> !entry.getValue().equals(values.get(entry.getKey())))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    /** Returns all values. */
    public Map<String, String> values() {
        Map<String, String> all = new HashMap<>(values);
        all.put("QueueArn", arn);
        return all;
    }

    /** Returns the ARN. */
    public String arn() {
        return arn;
    }

    boolean isFifo() {
        return isFifoName(arn);
    }

    /** Returns an attribute that is a number. */
    public int seconds(String name) {
        return Integer.parseInt(values.getOrDefault(name, "0"));
    }

    /** Returns where messages go that were received too often, {@code null} when they stay. */
    @Nullable
    String deadLetterArn() {
        return redrivePolicy().path("deadLetterTargetArn").asText(null);
    }

    int maxReceiveCount() {
        return redrivePolicy().path("maxReceiveCount").asInt(Integer.MAX_VALUE);
    }

    private JsonNode redrivePolicy() {
        try {
            return MAPPER.readTree(values.getOrDefault("RedrivePolicy", "{}"));
        } catch (JsonProcessingException e) {
            throw QueueRefusal.invalid("Value " + values.get("RedrivePolicy")
                    + " for parameter RedrivePolicy is invalid. Reason: Redrive policy is not a valid JSON map.");
        }
    }

    void check(NewMessage message) {
        int most = seconds("MaximumMessageSize");
        if (message.body().getBytes(StandardCharsets.UTF_8).length > most) {
            throw QueueRefusal.invalid(
                    "One or more parameters are invalid. Reason: Message must be shorter than " + most + " bytes.");
        }
        if (!isFifo()) {
            return;
        }
        if (message.group() == null) {
            throw QueueRefusal.missing("MessageGroupId");
        }
        boolean byContent = Boolean.parseBoolean(values.getOrDefault("ContentBasedDeduplication", "false"));
        if (message.deduplication() == null && !byContent) {
            throw QueueRefusal.invalid("The queue should either have ContentBasedDeduplication enabled or "
                    + "MessageDeduplicationId provided explicitly");
        }
    }
}

package io.crois.testkit.engine.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.testkit.engine.internal.expression.StatesError;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The test of one state: what it is given instead of the world, and what was seen on the way through it. */
public final class Inspection {

    /** What a state is called while it is being tested. */
    public static final String STATE = "StateName";

    private final Setting setting;
    private final Map<String, JsonNode> seen = new LinkedHashMap<>();
    private @Nullable StatesError caught;
    private @Nullable StatesError retriable;
    private @Nullable Integer index;
    private @Nullable Duration backoff;
    private @Nullable String next;
    private @Nullable ObjectNode assigned;
    private @Nullable String refused;

    /** Creates the test of a state. */
    public Inspection(Setting setting) {
        this.setting = setting;
    }

    /**
     * What the state is given.
     *
     * @param mock stands for what the state would do
     * @param context stands for the whole context object
     * @param variables that have a value already
     * @param retries how often the state was tried again already
     * @param failedIterations how many iterations of a Map have failed
     * @param readItems what the reader of a distributed Map read
     */
    public record Setting(
            @Nullable Mock mock,
            @Nullable ObjectNode context,
            @Nullable ObjectNode variables,
            int retries,
            int failedIterations,
            @Nullable JsonNode readItems) {}

    /** A result, or else an error. */
    public record Mock(@Nullable JsonNode result, @Nullable StatesError error) {}

    /** Returns what the state is given. */
    public Setting setting() {
        return setting;
    }

    void see(String name, JsonNode value) {
        seen.put(name, value);
    }

    void caught(StatesError error, int catcher) {
        caught = error;
        index = catcher;
    }

    void retriable(StatesError error, int retrier, Duration delay) {
        retriable = error;
        index = retrier;
        backoff = delay;
    }

    void left(@Nullable PlannedState state, @Nullable ObjectNode variables) {
        next = state == null ? null : state.name();
        assigned = variables;
    }

    /** Ends a test that says of more iterations than there are that they failed. */
    void requireFailures(int iterations) {
        if (setting.failedIterations() > iterations) {
            throw refuse("Map iteration failure count must be less than or equal to the number of Map iterations");
        }
    }

    /** Ends a test whose mock has not one result for each iteration. */
    void requireResults(int iterations) {
        JsonNode result = setting.mock() == null ? null : setting.mock().result();
        if (result != null && result.isArray() && result.size() != iterations) {
            throw refuse("Input array does not equal the mocked result array's size");
        }
    }

    private StatesError refuse(String problem) {
        refused = problem;
        return StatesError.runtime(problem);
    }

    /** Returns why the test could not be made, {@code null} where it was. */
    public @Nullable String refused() {
        return refused;
    }

    /** Returns what was seen, by the names of the API, such as {@code afterInputPath}. */
    public Map<String, JsonNode> seen() {
        return seen;
    }

    /** Returns the error that a catcher took. */
    public @Nullable StatesError caught() {
        return caught;
    }

    /** Returns the error for which the state would be tried again. */
    public @Nullable StatesError retriable() {
        return retriable;
    }

    /** Returns which catcher or retrier took the error, from 0. */
    public @Nullable Integer index() {
        return index;
    }

    /** Returns how long the state would wait before it is tried again. */
    public @Nullable Duration backoff() {
        return backoff;
    }

    /** Returns the name of the state that would follow. */
    public @Nullable String next() {
        return next;
    }

    /** Returns the variables that the state assigned. */
    public @Nullable ObjectNode assigned() {
        return assigned;
    }
}

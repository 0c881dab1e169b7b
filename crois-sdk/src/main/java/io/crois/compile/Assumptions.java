package io.crois.compile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crois.workflow.Arguments;
import io.crois.workflow.Result;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a forecast takes for granted: the arguments of the execution, and what will only be known when it runs. What is
 * not told makes a range.
 *
 * <pre>{@code
 * Forecast forecast = compiled.forecast(Assumptions.of(arguments)
 *         .result("auc", 0.83)           // wherever it is reported
 *         .items("tune", 12)             // how many items a forEach will find
 *         .items("tune[3]/folds", new Range(2, 5))
 *         .takes("gate", 1));            // the first case of a choose
 * }</pre>
 *
 * <p>An element or a result is called by its name alone, which speaks of all its instances, or by its place as
 * {@code Execution.steps()} shows it, {@code tune[3]/folds}, which speaks of that one and goes first. Immutable.
 */
public final class Assumptions {
    private static final int OTHERWISE = 0;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final @Nullable Arguments arguments;
    private final Map<String, JsonNode> results;
    private final Map<String, Range> items;
    private final Map<String, Integer> cases;
    private final Map<String, Boolean> reuse;
    private final boolean resumes;
    private final boolean failures;

    private Assumptions(
            @Nullable Arguments arguments,
            Map<String, JsonNode> results,
            Map<String, Range> items,
            Map<String, Integer> cases,
            Map<String, Boolean> reuse,
            boolean resumes,
            boolean failures) {
        this.arguments = arguments;
        this.results = results;
        this.items = items;
        this.cases = cases;
        this.reuse = reuse;
        this.resumes = resumes;
        this.failures = failures;
    }

    /** Returns assumptions of which nothing is known. */
    public static Assumptions none() {
        return new Assumptions(null, Map.of(), Map.of(), Map.of(), Map.of(), false, false);
    }

    /** Returns assumptions of which the arguments are known. */
    public static Assumptions of(Arguments arguments) {
        return new Assumptions(arguments, Map.of(), Map.of(), Map.of(), Map.of(), false, false);
    }

    /** Assumes what a step will report; a list gives the size of a forEach over it. */
    public Assumptions result(String result, Object value) {
        return new Assumptions(
                arguments, with(results, result, JSON.valueToTree(value)), items, cases, reuse, resumes, failures);
    }

    /** Assumes what a step will report, wherever it does. */
    public <T> Assumptions result(Result<T> result, T value) {
        return result(result.name(), value);
    }

    /** Assumes how many items a forEach will find; goes before what is known of its list. */
    public Assumptions items(String forEach, long count) {
        return items(forEach, Range.exactly(count));
    }

    /** Assumes between which limits the number of items of a forEach will be. */
    public Assumptions items(String forEach, Range count) {
        return new Assumptions(arguments, results, with(items, forEach, count), cases, reuse, resumes, failures);
    }

    /**
     * Assumes which case a choose takes; goes before what is known of its conditions.
     *
     * @param number from 1, in the order of the definition
     */
    public Assumptions takes(String choose, int number) {
        return new Assumptions(arguments, results, items, with(cases, choose, number), reuse, resumes, failures);
    }

    /** Assumes that a choose takes none of its cases. */
    public Assumptions takesOtherwise(String choose) {
        return takes(choose, OTHERWISE);
    }

    /** Assumes that the outputs of an equal earlier attempt of a step are reused; without it, a cached step may be. */
    public Assumptions reuses(String step) {
        return new Assumptions(arguments, results, items, cases, with(reuse, step, true), resumes, failures);
    }

    /** Assumes that a step runs, though it is cached or the execution resumes another one. */
    public Assumptions runs(String step) {
        return new Assumptions(arguments, results, items, cases, with(reuse, step, false), resumes, failures);
    }

    /** Assumes that the execution resumes another one, so that any step may find its outputs there. */
    public Assumptions resuming() {
        return new Assumptions(arguments, results, items, cases, reuse, true, failures);
    }

    /**
     * Lets anything fail: what is forecast then holds executions in which steps fail and are tried again, as often as
     * their rules and the platform's own allow, and Lambda's own errors. Redrives are not counted.
     */
    public Assumptions withFailures() {
        return new Assumptions(arguments, results, items, cases, reuse, resumes, true);
    }

    Optional<Arguments> arguments() {
        return Optional.ofNullable(arguments);
    }

    @Nullable
    JsonNode resultAt(Place place, String name) {
        return find(results, place, name);
    }

    @Nullable
    Range itemsAt(Place place, String name) {
        return find(items, place, name);
    }

    /** Returns the case that a choose takes, 0 for none of them, {@code null} where nothing is said. */
    @Nullable
    Integer caseAt(Place place, String name) {
        return find(cases, place, name);
    }

    /** Returns whether outputs are reused, {@code null} where both may be. */
    @Nullable
    Boolean reuseAt(Place place, String name, boolean cached) {
        Boolean told = find(reuse, place, name);
        if (told != null) {
            return told;
        }
        return cached || resumes ? null : Boolean.FALSE;
    }

    boolean mayFail() {
        return failures;
    }

    /** Returns the names by which each kind of thing is called. */
    Names names() {
        return new Names(results.keySet(), items.keySet(), cases, reuse.keySet());
    }

    /** What the assumptions speak of. */
    record Names(
            Collection<String> results,
            Collection<String> forEachs,
            Map<String, Integer> chooses,
            Collection<String> steps) {}

    /** Returns whether something is assumed of single iterations of a loop. */
    boolean tellsIterationsOf(String loop) {
        return Stream.of(results.keySet(), items.keySet(), cases.keySet(), reuse.keySet())
                .flatMap(Collection::stream)
                .anyMatch(path -> path.startsWith(loop + "[") || path.contains("/" + loop + "["));
    }

    private static <T> @Nullable T find(Map<String, T> told, Place place, String name) {
        if (told.isEmpty()) {
            return null;
        }
        T here = told.get(place.path(name));
        return here == null ? told.get(name) : here;
    }

    private static <T> Map<String, T> with(Map<String, T> map, String key, T value) {
        Map<String, T> longer = new LinkedHashMap<>(map);
        longer.put(key, value);
        return Collections.unmodifiableMap(longer);
    }
}

package io.crois.testkit.policy.internal;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The condition keys of a request with their values; names of keys are the same in small letters and capitals. */
public final class RequestContext {

    private final Map<String, List<String>> values;

    /** Copies the keys. */
    public RequestContext(Map<String, List<String>> values) {
        Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        values.forEach((key, list) -> copy.put(key, List.copyOf(list)));
        this.values = Collections.unmodifiableMap(copy);
    }

    /** Returns the values of a key; none if the request does not have it. */
    public List<String> values(String key) {
        return values.getOrDefault(key, List.of());
    }

    /** Says whether the request has a key, be it with no value. */
    boolean has(String key) {
        return values.containsKey(key);
    }

    /** Returns all keys with their values. */
    public Map<String, List<String>> all() {
        return values;
    }
}

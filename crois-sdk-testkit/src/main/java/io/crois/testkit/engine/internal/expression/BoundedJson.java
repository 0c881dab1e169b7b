package io.crois.testkit.engine.internal.expression;

import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider;
import com.jayway.jsonpath.spi.mapper.JacksonMappingProvider;
import java.util.Collection;

/**
 * JSON as the JSONPath library sees it during one search. Each of the library's steps goes through here, and so a
 * search that never seems to end is stopped after a second, and one that finds too much when it has found a million
 * values.
 */
final class BoundedJson extends JacksonJsonNodeJsonProvider {

    private static final int MOST = 1_000_000;

    private final FilterPatterns patterns;
    private final Allowance allowance = new Allowance();
    private int found;

    private BoundedJson(FilterPatterns patterns) {
        this.patterns = patterns;
        patterns.texts().forEach(this::tryOut);
    }

    /** Returns the library's settings for one search with a path that has these patterns. */
    static Configuration configuration(FilterPatterns patterns) {
        BoundedJson json = new BoundedJson(patterns);
        return Configuration.builder()
                .jsonProvider(json)
                .mappingProvider(patterns.isEmpty() ? new JacksonMappingProvider() : json.new BoundedValues())
                .build();
    }

    /** Tries the patterns of filters out on a text: the library matches them itself, out of our reach. */
    private void tryOut(String text) {
        patterns.tryOut(new BoundedText(text, allowance, () -> new Exhausted("it takes too long")));
    }

    @Override
    public Object unwrap(Object value) {
        Object plain = super.unwrap(value);
        if (plain instanceof String text && !patterns.isEmpty()) {
            tryOut(text);
        }
        return plain;
    }

    private void step() {
        if (allowance.isUsedUp()) {
            throw new Exhausted("it takes too long");
        }
    }

    @Override
    public boolean isMap(Object value) {
        step();
        return super.isMap(value);
    }

    @Override
    public boolean isArray(Object value) {
        step();
        return super.isArray(value);
    }

    @Override
    public Object getMapValue(Object object, String name) {
        step();
        return super.getMapValue(object, name);
    }

    @Override
    public Object getArrayIndex(Object array, int index) {
        step();
        return super.getArrayIndex(array, index);
    }

    @Override
    public Collection<String> getPropertyKeys(Object object) {
        step();
        return super.getPropertyKeys(object);
    }

    @Override
    public void setArrayIndex(Object array, int index, Object value) {
        if (++found > MOST) {
            throw new Exhausted("it finds more than " + MOST + " values");
        }
        super.setArrayIndex(array, index, value);
    }

    /** Arrays and objects as filters see them. */
    private final class BoundedValues extends JacksonMappingProvider {

        @Override
        public <T> T map(Object source, Class<T> type, Configuration configuration) {
            T mapped = super.map(source, type, configuration);
            if (mapped instanceof Collection<?> items) {
                items.forEach(item -> {
                    if (item instanceof String text) {
                        tryOut(text);
                    }
                });
            }
            return mapped;
        }
    }

    /** The search was stopped. */
    static final class Exhausted extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private Exhausted(String message) {
            super(message, null, false, false);
        }
    }
}

package io.crois.testkit.engine.internal.expression;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The members of an object that a template makes. All objects of one template share their names, so that an object is
 * little more than its values: histories keep millions of them. One that gets or loses a member has a map of its own
 * from then on. Iterators do not notice that another one changes the object.
 */
final class TemplateMembers extends AbstractMap<String, JsonNode> {

    /** With more members than these, a search through all names takes longer than a hash table. */
    static final int MOST = 8;

    private final String[] names;
    private final JsonNode[] values;
    private @Nullable Map<String, JsonNode> own;

    /**
     * Makes members that keep both arrays.
     *
     * @param names all different; never written to
     * @param values one for each name
     */
    TemplateMembers(String[] names, JsonNode[] values) {
        this.names = names;
        this.values = values;
    }

    @Override
    public int size() {
        return own == null ? names.length : own.size();
    }

    @Override
    public boolean containsKey(Object name) {
        return own == null ? indexOf(name) >= 0 : own.containsKey(name);
    }

    @Override
    public @Nullable JsonNode get(Object name) {
        if (own != null) {
            return own.get(name);
        }
        int index = indexOf(name);
        return index < 0 ? null : values[index];
    }

    @Override
    public @Nullable JsonNode put(String name, JsonNode value) {
        int index = own == null ? indexOf(name) : -1;
        if (index < 0) {
            return own().put(name, value);
        }
        JsonNode before = values[index];
        values[index] = value;
        return before;
    }

    @Override
    public @Nullable JsonNode remove(Object name) {
        return containsKey(name) ? own().remove(name) : null;
    }

    @Override
    public void clear() {
        own().clear();
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super JsonNode> action) {
        if (own != null) {
            own.forEach(action);
            return;
        }
        for (int i = 0; i < names.length; i++) {
            action.accept(names[i], values[i]);
        }
    }

    @Override
    public Set<Entry<String, JsonNode>> entrySet() {
        return own == null ? new Entries() : own.entrySet();
    }

    @SuppressWarnings("ReferenceEquality") // The names of paths and of templates are interned: most searches end here.
    private int indexOf(Object name) {
        for (int i = 0; i < names.length; i++) {
            if (names[i] == name) {
                return i;
            }
        }
        for (int i = 0; i < names.length; i++) {
            if (names[i].equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private Map<String, JsonNode> own() {
        if (own == null) {
            Map<String, JsonNode> made = new LinkedHashMap<>();
            forEach(made::put);
            own = made;
        }
        return own;
    }

    /** The members as entries. */
    private final class Entries extends AbstractSet<Entry<String, JsonNode>> {

        @Override
        public int size() {
            return TemplateMembers.this.size();
        }

        @Override
        public Iterator<Entry<String, JsonNode>> iterator() {
            return own == null ? new Walk() : own.entrySet().iterator();
        }
    }

    /** A walk over the members that were there at its beginning. */
    private final class Walk implements Iterator<Entry<String, JsonNode>> {

        private int next;
        private boolean canRemove;

        @Override
        public boolean hasNext() {
            return next < names.length;
        }

        @Override
        public Entry<String, JsonNode> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            canRemove = true;
            return new Member(next++);
        }

        @Override
        public void remove() {
            if (!canRemove) {
                throw new IllegalStateException("There is no member to remove.");
            }
            canRemove = false;
            own().remove(names[next - 1]);
        }
    }

    /** A member as an entry that writes through. */
    private final class Member extends SimpleEntry<String, JsonNode> {

        private static final long serialVersionUID = 1L;

        private Member(int index) {
            super(names[index], values[index]);
        }

        @Override
        public JsonNode setValue(JsonNode value) {
            put(getKey(), value);
            return super.setValue(value);
        }
    }
}

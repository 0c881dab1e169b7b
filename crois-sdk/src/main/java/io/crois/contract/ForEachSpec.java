package io.crois.contract;

import java.util.List;

/**
 * All that the functions need to know of a forEach.
 *
 * @param loops the names of the forEach blocks round it, outermost first
 * @param items a list: written down, or of a parameter or a result
 */
public record ForEachSpec(String name, List<String> loops, Value items) {

    /** With more items than this, the list of their indexes does not fit the 256 KiB of a state. */
    public static final int MOST_ITEMS = 40_000;

    public ForEachSpec {
        loops = List.copyOf(loops);
    }

    /** Returns the name under which the spec is stored. */
    public String digest() {
        return Json.digest(this);
    }
}

package io.crois.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * All that the functions need to know of a forEach.
 *
 * @param loops the names of the forEach blocks round it, outermost first
 * @param items a list: written down, or of a parameter or a result
 * @param large whether its iterations are listed in S3, for a list of any length; in JSON only when it is so
 */
public record ForEachSpec(
        String name,
        List<String> loops,
        Value items,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean large) {

    /** With more items than this, the list of their indexes does not fit the 256 KiB of a state. */
    public static final int MOST_ITEMS = 40_000;

    public ForEachSpec {
        loops = List.copyOf(loops);
    }

    /** Creates the spec of a forEach whose indexes fit a state. */
    public ForEachSpec(String name, List<String> loops, Value items) {
        this(name, loops, items, false);
    }

    /** Returns the name under which the spec is stored. */
    public String digest() {
        return Json.digest(this);
    }
}

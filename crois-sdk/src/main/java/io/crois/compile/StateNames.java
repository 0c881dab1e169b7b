package io.crois.compile;

import java.util.HashMap;
import java.util.Map;

/**
 * Gives names that are unique in a machine and leave room for every suffix within the 80 characters of a state name.
 */
final class StateNames {
    private static final int LONGEST = 80;
    private static final int LONGEST_SUFFIX = " · run on Fargate".length();
    private static final int LONGEST_BASE = LONGEST - LONGEST_SUFFIX;

    private final Map<String, Integer> taken = new HashMap<>();

    /**
     * Returns a name for an element.
     *
     * @param path the names of the forEach blocks round it, each with a slash after it
     */
    String element(String path, String name) {
        String whole = path + name;
        return unique(whole.length() <= LONGEST_BASE ? whole : name, "");
    }

    /** Returns a name for a further state of something. */
    String part(String label, String suffix) {
        return unique(label, suffix);
    }

    private String unique(String base, String suffix) {
        String name = cut(base, LONGEST_BASE) + suffix;
        int count = taken.merge(name, 1, Integer::sum);
        if (count == 1) {
            return name;
        }
        String number = " (" + count + ")";
        return unique(cut(base, LONGEST_BASE - number.length()) + number, suffix);
    }

    private static String cut(String name, int length) {
        return name.length() <= length ? name : name.substring(0, length - 1) + "…";
    }
}

package io.crois.asl.internal;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the variables that an expression of either query language reads. */
public final class ReadVariables {
    /** The fields of a state in which nothing is read: static ones, and machines whose states read for themselves. */
    public static final Set<String> UNREAD =
            Set.of("Result", "ResultPath", "Comment", "Branches", "ItemProcessor", "Iterator");

    /** A name behind one dollar sign, and whether it is called or bound. */
    private static final Pattern TOKEN =
            Pattern.compile("\\$\\$+|\\$(?<name>[\\p{L}_][\\p{L}\\p{N}_]*+)(?<after>\\s*+(?:\\(|:=)?+)");

    private static final Pattern FUNCTION = Pattern.compile("(?:function|\u03bb)\\s*+\\(([^)]*+)\\)");
    private static final Pattern STEP = Pattern.compile("[#@]\\s*+\\$([\\p{L}_][\\p{L}\\p{N}_]*+)");
    private static final Pattern NAME = Pattern.compile("\\$([\\p{L}_][\\p{L}\\p{N}_]*+)");

    private ReadVariables() {}

    /** Returns the names in alphabetical order, without what is bound inside and functions that are built in. */
    public static Set<String> in(String expression) {
        String text = QuotedText.blank(expression);
        Set<String> read = new TreeSet<>();
        Set<String> bound = new TreeSet<>(Set.of("states"));
        Matcher token = TOKEN.matcher(text);
        while (token.find()) {
            String name = token.group("name");
            if (name != null && token.group("after").endsWith(":=")) {
                bound.add(name);
            } else if (name != null && !token.group("after").endsWith("(")) {
                read.add(name);
            }
        }
        FUNCTION.matcher(text)
                .results()
                .forEach(function ->
                        NAME.matcher(function.group(1)).results().forEach(parameter -> bound.add(parameter.group(1))));
        STEP.matcher(text).results().forEach(step -> bound.add(step.group(1)));
        read.removeAll(bound);
        read.removeAll(JsonataFunctions.NAMES);
        return read;
    }
}

package io.crois.asl.internal;

import java.util.regex.Pattern;

/** The names on the left side of {@code Assign}. */
final class VariableNames {
    private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{M}\\p{N}\\p{Pc}]*+");
    private static final int LONGEST = 80;

    private VariableNames() {}

    /** Checks names and values. */
    static void check(Part assign) {
        if (assign.isExpression() || assign.requireObject()) {
            assign.node().fieldNames().forEachRemaining(name -> checkName(assign, name));
            Payloads.check(assign);
        }
    }

    /** Returns the variable that a field assigns. */
    static String variable(String field) {
        return field.endsWith(".$") ? field.substring(0, field.length() - 2) : field;
    }

    private static void checkName(Part assign, String field) {
        String name = variable(field);
        String place = assign.place() + "/" + field;
        if (name.equals("states")) {
            assign.findings().error("RESERVED_VARIABLE_NAME", place, "Cannot assign to reserved variable '$states'.");
        } else if (!NAME.matcher(name).matches()) {
            invalid(assign, place, name, "the variable name contains invalid characters.");
        } else if (name.length() > LONGEST) {
            invalid(assign, place, name, "the variable name exceeds the " + LONGEST + "-character limit.");
        }
    }

    private static void invalid(Part assign, String place, String name, String why) {
        assign.findings().error("INVALID_VARIABLE_NAME", place, "Invalid variable name '" + name + "': " + why);
    }
}

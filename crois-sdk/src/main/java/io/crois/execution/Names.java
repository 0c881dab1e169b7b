package io.crois.execution;

import io.crois.workflow.CroisException;
import java.util.regex.Pattern;

/** The names that a user gives to projects and executions. */
final class Names {
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");

    private Names() {}

    static void check(String kind, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new CroisException("The name of the " + kind + " is `" + name + "`, but must be a letter followed by"
                    + " up to 63 letters, digits, `_` or `-`. Choose another name.");
        }
    }
}

package io.crois.testkit.aws.internal.iam;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks names and paths. */
final class IamNames {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9+=,.@_-]+");
    private static final Pattern PATH = Pattern.compile("/|/[!-~]{1,510}/");

    private IamNames() {}

    /** Returns what a name is told apart by. */
    static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    static String checked(@Nullable String name, int longest, String member) {
        if (name == null || name.length() > longest || !NAME.matcher(name).matches()) {
            throw IamRefusal.validation("The specified value for " + member + " is invalid. It must contain only"
                    + " alphanumeric characters and/or the following: +=,.@_- and must be at most " + longest
                    + " characters long.");
        }
        return name;
    }

    static String path(@Nullable String path) {
        String checkedPath = path == null ? "/" : path;
        if (!PATH.matcher(checkedPath).matches()) {
            throw IamRefusal.validation(
                    "The specified value for path is invalid. It must begin and end with / and contain"
                            + " only alphanumeric characters and/or / characters.");
        }
        return checkedPath;
    }
}

package io.crois.testkit.aws.internal.lambda;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The ways in which a request may name a function: by name, by ARN, by part of the ARN; with a qualifier or not. */
final class FunctionName {

    private static final Pattern FORMS = Pattern.compile(
            "(arn:[a-z-]+:lambda:)?([a-z]{2}(?:-[a-z]+)+-\\d:)?(\\d{12}:)?(function:)?([A-Za-z0-9_-]{1,64})(:[$A-Za-z0-9_-]+)?");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private FunctionName() {}

    /** Returns the plain name. */
    static String of(@Nullable String text) {
        Matcher matcher = FORMS.matcher(text == null ? "" : text);
        if (!matcher.matches()) {
            throw malformed(text);
        }
        return matcher.group(5);
    }

    /** Returns the version or alias that stands behind the name, or {@code null}. */
    static @Nullable String qualifierOf(@Nullable String text) {
        Matcher matcher = FORMS.matcher(text == null ? "" : text);
        String qualifier = matcher.matches() ? matcher.group(6) : null;
        return qualifier == null ? null : qualifier.substring(1);
    }

    /** Returns the name of a function to be created, which has no qualifier. */
    static String ofNew(@Nullable String text) {
        String name = of(text);
        if (text != null && !text.endsWith(name)) {
            throw malformed(text);
        }
        return name;
    }

    /** Refuses what cannot be the plain name of a function. */
    static String checked(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("The name of a function must have 1 to 64 letters, digits, hyphens and"
                    + " underscores, but was `" + name + "`.");
        }
        return name;
    }

    private static RuntimeException malformed(@Nullable String text) {
        return LambdaRefusal.validation("1 validation error detected: Value '" + text
                + "' at 'functionName' failed to satisfy constraint: Member must satisfy regular expression pattern: "
                + "(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}(-gov)?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?"
                + "([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?");
    }
}

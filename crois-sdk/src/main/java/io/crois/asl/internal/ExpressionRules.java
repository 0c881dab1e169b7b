package io.crois.asl.internal;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** JSONata texts. */
final class ExpressionRules {
    /** The only places that know of an error. */
    private static final Pattern CATCHER =
            Pattern.compile(".*/Catch\\[\\d+]/(Output|Assign)([/\\[].*)?", Pattern.DOTALL);

    private ExpressionRules() {}

    static void check(Part text) {
        String value = text.node().textValue();
        if (Part.isDelimited(value)) {
            checkExpression(text, value.substring(2, value.length() - 2));
        } else if (value.startsWith("{%")) {
            text.report("JSONata string must start with {% and end with %}");
        }
    }

    /** Returns the fields of {@code $states} that are not there. */
    private static Set<String> missing(Part text) {
        Set<String> missing = new HashSet<>();
        if (!CATCHER.matcher(text.place()).matches()) {
            missing.add("errorOutput");
        }
        if (!text.hasResult()) {
            missing.add("result");
        }
        return missing;
    }

    /** Reports what cannot be read, or refers to what is not there; an expression that nests too deeply fails later. */
    private static void checkExpression(Part text, String expression) {
        try {
            JsonataNode parsed = JsonataParser.parse(expression);
            for (String problem : JsonataReferences.problems(parsed, missing(text))) {
                text.findings().error("UNSUPPORTED_JSONATA_EXPRESSION", text.place(), problem);
            }
        } catch (JsonataSyntax wrong) {
            text.findings().error("INVALID_JSONATA_EXPRESSION", text.place(), String.valueOf(wrong.getMessage()));
        } catch (JsonataParser.TooDeep tooDeep) {
            // evaluation says so
        }
    }
}

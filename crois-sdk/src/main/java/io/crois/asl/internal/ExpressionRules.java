package io.crois.asl.internal;

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

    /** Reports what cannot be read, or refers to what is not there; an expression that nests too deeply fails later. */
    private static void checkExpression(Part text, String expression) {
        try {
            JsonataNode parsed = JsonataParser.parse(expression);
            boolean inCatcher = CATCHER.matcher(text.place()).matches();
            for (String problem : JsonataReferences.problems(parsed, inCatcher)) {
                text.findings().error("UNSUPPORTED_JSONATA_EXPRESSION", text.place(), problem);
            }
        } catch (JsonataSyntax wrong) {
            text.findings().error("INVALID_JSONATA_EXPRESSION", text.place(), String.valueOf(wrong.getMessage()));
        } catch (JsonataParser.TooDeep tooDeep) {
            // evaluation says so
        }
    }
}

package io.crois.testkit.engine.internal.expression;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the service says of an expression that fails: after a full stop the code and the text of JSONata's reference
 * implementation, or after a colon the bound that it broke. The library's own texts differ from those of the reference:
 * they call a function an object and put every value in quotes.
 */
final class JsonataMessages {

    private static final Pattern CODE = Pattern.compile("[A-Z]\\d{4}");
    private static final Pattern CODED = Pattern.compile("[A-Z]\\d{4}: .*", Pattern.DOTALL);
    private static final Pattern NO_NUMBER = Pattern.compile("For input string: \"(.*)\".*", Pattern.DOTALL);
    private static final Pattern ARRAY_FUNCTION = Pattern.compile("\\$(sum|max|min|average|join)\\b");
    private static final Pattern COMPARISON = Pattern.compile("([<>]=?)");
    private static final String FIRST = "\u0001";
    private static final String SECOND = "\u0002";

    private JsonataMessages() {}

    /**
     * Returns the end of the sentence that begins with the expression, from its full stop or colon on.
     *
     * @param expression the whole expression, which can tell what the library does not
     */
    static String of(RuntimeException wrong, String expression) {
        String text = text(wrong, expression);
        return (CODED.matcher(text).matches() ? ". " : ": ") + text;
    }

    /**
     * Returns what the service makes of a number that is out of range and the whole value of an expression: its name in
     * JavaScript. {@code null} when nothing of the kind is wrong.
     */
    static @Nullable String infinite(RuntimeException wrong) {
        return wrong instanceof JException known
                        && "D1001".equals(known.getError())
                        && known.getCurrent() instanceof Double number
                ? number.toString()
                : null;
    }

    private static String text(RuntimeException wrong, String expression) {
        if (wrong instanceof JException known) {
            return text(known, expression);
        }
        if (wrong instanceof DateTimeParseException noTime) {
            return text(new JException("D3110", -1, noTime.getParsedString()), expression);
        }
        Matcher noNumber = NO_NUMBER.matcher(String.valueOf(wrong.getMessage()));
        return wrong instanceof NumberFormatException && noNumber.matches()
                ? text(new JException("D3030", -1, noNumber.group(1)), expression)
                : String.valueOf(wrong.getMessage());
    }

    private static String text(JException known, String expression) {
        String error = String.valueOf(known.getError());
        if (!CODE.matcher(error).matches()) {
            return error;
        }
        String template = JException.msg(error, -1, FIRST, SECOND).replace("Object", "function");
        if (error.equals("T0412")) {
            return "T0412: Argument 1 of function " + json(only(ARRAY_FUNCTION, expression)) + " must be an array of "
                    + json("s".equals(known.getExpected()) ? "strings" : "numbers");
        }
        template = template.replace("{{token}}", json(only(COMPARISON, expression)));
        return error + ": "
                + template.replace('"' + FIRST + '"', json(known.getCurrent()))
                        .replace('"' + SECOND + '"', json(known.getExpected()))
                        .replace(FIRST, String.valueOf(known.getCurrent()))
                        .replace(SECOND, String.valueOf(known.getExpected()));
    }

    /** Returns what the pattern finds in the expression when it finds no two different things. */
    private static @Nullable String only(Pattern pattern, String expression) {
        List<String> found = pattern.matcher(expression)
                .results()
                .map(result -> result.group(1))
                .distinct()
                .toList();
        return found.size() == 1 ? found.get(0) : null;
    }

    private static String json(@Nullable Object value) {
        try {
            return value == null && value != Jsonata.NULL_VALUE
                    ? "undefined"
                    : JsonataValues.read(value).toString();
        } catch (JsonataValues.NoJson function) {
            return "undefined";
        }
    }
}

package io.crois.testkit.engine.internal.expression;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import java.time.format.DateTimeParseException;
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
    private static final String FIRST = "\u0001";
    private static final String SECOND = "\u0002";

    private JsonataMessages() {}

    /** Returns the end of the sentence that begins with the expression, from its full stop or colon on. */
    static String of(RuntimeException wrong) {
        String text = wrong instanceof JException known
                ? text(known)
                : wrong instanceof DateTimeParseException noTime
                        ? text(new JException("D3110", -1, noTime.getParsedString()))
                        : String.valueOf(wrong.getMessage());
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

    private static String text(JException known) {
        String error = String.valueOf(known.getError());
        if (!CODE.matcher(error).matches()) {
            return error;
        }
        String template = JException.msg(error, -1, FIRST, SECOND).replace("Object", "function");
        if (template.contains("{{")) {
            return error + ": " + known.getMessage();
        }
        return error + ": "
                + template.replace('"' + FIRST + '"', json(known.getCurrent()))
                        .replace('"' + SECOND + '"', json(known.getExpected()))
                        .replace(FIRST, String.valueOf(known.getCurrent()))
                        .replace(SECOND, String.valueOf(known.getExpected()));
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

package io.crois.runtime.logging;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.spi.MDCAdapter;

/**
 * Writes one JSON object a line: {@code timestamp}, {@code level}, {@code logger}, {@code message}, what stands in the
 * context ({@code project}, {@code execution}, {@code step}, {@code attempt}), and {@code exception} with its stack
 * trace. Lines below INFO are left out; of other libraries, those below WARN.
 */
final class JsonLogger extends LegacyAbstractLogger {
    private static final long serialVersionUID = 1L;
    private static final JsonFactory JSON = new JsonFactory();

    private final transient MDCAdapter context;
    private final transient PrintStream out;
    private final transient Clock clock;
    private final boolean ours;

    JsonLogger(String name, MDCAdapter context, PrintStream out, Clock clock) {
        this.name = name;
        this.context = context;
        this.out = out;
        this.clock = clock;
        this.ours = name.startsWith("io.crois.");
    }

    @Override
    public boolean isTraceEnabled() {
        return false;
    }

    @Override
    public boolean isDebugEnabled() {
        return false;
    }

    @Override
    public boolean isInfoEnabled() {
        return ours;
    }

    @Override
    public boolean isWarnEnabled() {
        return true;
    }

    @Override
    public boolean isErrorEnabled() {
        return true;
    }

    @Override
    protected @Nullable String getFullyQualifiedCallerName() {
        return null;
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level level,
            @Nullable Marker marker,
            String pattern,
            Object @Nullable [] arguments,
            @Nullable Throwable thrown) {
        String message = MessageFormatter.basicArrayFormat(pattern, arguments);
        out.println(line(level, message, thrown));
    }

    private String line(Level level, @Nullable String message, @Nullable Throwable thrown) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("timestamp", clock.instant().toString());
            json.writeStringField("level", level.name());
            json.writeStringField("logger", name);
            json.writeStringField("message", message);
            Map<String, String> known = context.getCopyOfContextMap();
            for (Map.Entry<String, String> entry : new TreeMap<>(known == null ? Map.of() : known).entrySet()) {
                json.writeStringField(entry.getKey(), entry.getValue());
            }
            if (thrown != null) {
                json.writeStringField("exception", trace(thrown));
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Memory can be written.", e);
        }
        return text.toString();
    }

    private static String trace(Throwable thrown) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace, true));
        return trace.toString();
    }
}

package io.crois.testkit.engine.internal.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.JsonPathException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A JSONPath into the input, the context object or a variable. Chains of names and indexes are walked here; everything
 * else is read by the JSONPath library.
 */
final class Path {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern VARIABLE = Pattern.compile("\\$([\\p{L}_][\\p{L}\\p{N}_]*)(.*)", Pattern.DOTALL);

    private static final Pattern NODE = Pattern.compile("com\\.fasterxml\\.jackson\\.databind\\.node\\.(\\w+)Node");

    private static final int CACHED = 1_000;

    private static final Map<String, Path> RECENT = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Path> eldest) {
            return size() > CACHED;
        }
    };

    private final String text;
    private final @Nullable String variable;
    private final boolean isContext;
    private final String rooted;
    private final @Nullable Steps steps;
    private final @Nullable JsonPath compiled;
    private final FilterPatterns patterns;

    /** The member of the input that the path is, as most are; {@code null} for other paths. */
    private final @Nullable String member;

    private Path(String text, @Nullable String variable, boolean isContext, String rooted) {
        this.text = text;
        this.variable = variable;
        this.isContext = isContext;
        this.rooted = rooted;
        this.steps = Steps.parse(rooted);
        this.compiled = steps == null ? compile(rooted) : null;
        this.patterns = steps == null ? FilterPatterns.of(rooted) : FilterPatterns.NONE;
        this.member = steps == null || isContext || variable != null ? null : steps.onlyName();
    }

    /** Returns the path of this text; the same one for all that read it soon after each other. */
    static Path parse(String text) {
        synchronized (RECENT) {
            return RECENT.computeIfAbsent(text, Path::read);
        }
    }

    private static Path read(String text) {
        if (text.startsWith("$$")) {
            return new Path(text, null, true, text.substring(1));
        }
        Matcher matcher = VARIABLE.matcher(text);
        return matcher.matches()
                ? new Path(text, matcher.group(1), false, "$" + matcher.group(2))
                : new Path(text, null, false, text);
    }

    private static @Nullable JsonPath compile(String path) {
        try {
            return JsonPath.compile(path);
        } catch (InvalidPathException | StackOverflowError invalid) {
            return null;
        }
    }

    String text() {
        return text;
    }

    /** Returns the document that the path looks into. */
    JsonNode root(Scope scope) {
        if (isContext) {
            return scope.context();
        }
        if (variable == null) {
            return scope.input();
        }
        JsonNode value = scope.variable(variable);
        if (value == null) {
            throw StatesError.runtime("The variable '" + variable + "' referenced by '" + text + "' has no value.");
        }
        return value;
    }

    /**
     * Returns what the path selects; an array of all of it where it may select several.
     *
     * @throws Missing if it selects nothing
     */
    JsonNode find(Scope scope) throws Missing {
        if (member != null && scope.input() instanceof ObjectNode input) {
            JsonNode found = input.get(member);
            if (found != null) {
                return found;
            }
        }
        JsonNode root = root(scope);
        if (steps != null) {
            JsonNode found = steps.walk(root);
            if (found != null) {
                return found;
            }
        }
        return search(root, compiled == null ? compile(rooted) : compiled);
    }

    private JsonNode search(JsonNode root, @Nullable JsonPath path) throws Missing {
        if (path == null) {
            throw new Missing("it is not a JSONPath");
        }
        try {
            Object found = path.read(root, BoundedJson.configuration(patterns));
            if (steps != null) {
                throw new Missing("No results for path: " + steps);
            }
            if (found == null) {
                return NullNode.instance;
            }
            return found instanceof JsonNode json ? json : JSON.valueToTree(found);
        } catch (BoundedJson.Exhausted endless) {
            throw new Missing(String.valueOf(endless.getMessage()));
        } catch (StackOverflowError tooDeep) {
            throw new Missing("it nests too deeply");
        } catch (JsonPathException missing) {
            if (!path.isDefinite()) {
                return JsonNodeFactory.instance.arrayNode();
            }
            throw new Missing(inServiceWords(String.valueOf(missing.getMessage())));
        }
    }

    /** Returns a message of the library as the service has it, which keeps JSON in Java's own collections. */
    private static String inServiceWords(String message) {
        Matcher node = NODE.matcher(message);
        String named = node.replaceAll(found -> switch (found.group(1)) {
            case "Text" -> "java.lang.String";
            case "Int" -> "java.lang.Integer";
            case "Long" -> "java.lang.Long";
            case "Boolean" -> "java.lang.Boolean";
            case "Array" -> "java.util.ArrayList";
            case "Object" -> "java.util.LinkedHashMap";
            case "Null" -> "null";
            default -> "java.lang.Double";
        });
        return named.replace(BoundedJson.class.getName(), "com.jayway.jsonpath.spi.json.JacksonJsonProvider");
    }

    /**
     * Returns what the path selects.
     *
     * @throws StatesError if it selects nothing
     */
    JsonNode read(Scope scope) {
        try {
            return find(scope);
        } catch (Missing missing) {
            throw StatesError.runtime("Invalid path '" + text + "' : " + missing.getMessage());
        }
    }

    /** The path selects nothing. */
    static final class Missing extends Exception {

        private static final long serialVersionUID = 1L;

        private Missing(String message) {
            super(message, null, false, false);
        }
    }
}

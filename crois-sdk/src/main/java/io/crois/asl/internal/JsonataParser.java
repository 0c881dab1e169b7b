package io.crois.asl.internal;

import io.crois.asl.internal.JsonataNode.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads an expression of JSONata 2.0, the version that Step Functions names: operator precedence, in the manner of
 * Pratt. What only the evaluation of a path can tell (whether there is a parent for {@code %}) is not looked at.
 */
final class JsonataParser {
    private static final int MAX_DEPTH = 400;
    private static final Set<String> DEFINITION = Set.of("function", "\u03bb");
    private static final Map<String, Integer> POWERS = Map.ofEntries(
            Map.entry(".", 75),
            Map.entry("[", 80),
            Map.entry("{", 70),
            Map.entry("(", 80),
            Map.entry("@", 80),
            Map.entry("#", 80),
            Map.entry("?", 20),
            Map.entry("+", 50),
            Map.entry("-", 50),
            Map.entry("&", 50),
            Map.entry("*", 60),
            Map.entry("/", 60),
            Map.entry("%", 60),
            Map.entry("=", 40),
            Map.entry("<", 40),
            Map.entry(">", 40),
            Map.entry("!=", 40),
            Map.entry("<=", 40),
            Map.entry(">=", 40),
            Map.entry("in", 40),
            Map.entry("~>", 40),
            Map.entry("^", 40),
            Map.entry("and", 30),
            Map.entry("or", 25),
            Map.entry(":=", 10));

    private final JsonataLexer lexer;
    private JsonataToken token;
    private int depth;

    private JsonataParser(String text) throws JsonataSyntax {
        this.lexer = new JsonataLexer(text);
        this.token = lexer.next(false);
    }

    /**
     * Reads an expression.
     *
     * @throws JsonataSyntax if it is none
     * @throws TooDeep if it nests deeper than is looked at
     */
    static JsonataNode parse(String text) throws JsonataSyntax, TooDeep {
        JsonataParser parser = new JsonataParser(text);
        JsonataNode whole = parser.expression(0);
        if (!parser.token.is(JsonataToken.END)) {
            throw new JsonataSyntax("Syntax error: " + parser.token.shown());
        }
        return whole;
    }

    private void advance(boolean afterOperand) throws JsonataSyntax {
        token = lexer.next(afterOperand);
        if (token.is("!") || token.is("~")) {
            throw new JsonataSyntax("Unknown operator: " + JsonataSyntax.quoted(token.text()));
        }
    }

    private void expect(String symbol, boolean afterOperand) throws JsonataSyntax {
        if (token.is(JsonataToken.END)) {
            throw new JsonataSyntax("Expected " + JsonataSyntax.quoted(symbol) + " before end of expression");
        }
        if (!token.is(symbol)) {
            throw new JsonataSyntax("Expected " + JsonataSyntax.quoted(symbol) + ", got " + token.shown());
        }
        advance(afterOperand);
    }

    private JsonataNode expression(int power) throws JsonataSyntax, TooDeep {
        if (++depth > MAX_DEPTH) {
            throw new TooDeep();
        }
        JsonataToken first = token;
        advance(true);
        JsonataNode left = operand(first);
        while (power < POWERS.getOrDefault(token.symbol(), 0)) {
            JsonataToken operator = token;
            advance(false);
            left = operation(operator, left);
        }
        depth--;
        return left;
    }

    private JsonataNode operand(JsonataToken first) throws JsonataSyntax, TooDeep {
        return switch (first.symbol()) {
            case JsonataToken.END -> JsonataNode.of(Kind.WRONG, "Unexpected end of expression");
            case JsonataToken.NAME, "and", "or", "in" -> JsonataNode.of(Kind.NAME, first.text());
            case JsonataToken.VARIABLE -> JsonataNode.of(Kind.VARIABLE, first.text());
            case JsonataToken.TEXT -> JsonataNode.of(Kind.TEXT, first.text());
            case JsonataToken.NUMBER -> JsonataNode.of(Kind.NUMBER, first.text());
            case JsonataToken.WORD -> JsonataNode.of(Kind.WORD, first.text());
            case JsonataToken.REGEX, "*", "**", "%" -> JsonataNode.of(Kind.OTHER, "");
            default -> prefixed(first);
        };
    }

    /** Reads what begins with an operator; the word behind it was read as if it followed an operand. */
    private JsonataNode prefixed(JsonataToken first) throws JsonataSyntax, TooDeep {
        return switch (first.symbol()) {
            case "-" -> JsonataNode.of(List.of(expression(70)));
            case "(" -> block();
            case "[" -> array();
            case "{" -> JsonataNode.of(pairs());
            case "|" -> transform();
            default ->
                throw new JsonataSyntax(
                        "The symbol " + JsonataSyntax.quoted(first.text()) + " cannot be used as a unary operator");
        };
    }

    private JsonataNode block() throws JsonataSyntax, TooDeep {
        List<JsonataNode> expressions = new ArrayList<>();
        while (!token.is(")")) {
            expressions.add(expression(0));
            if (!token.is(";")) {
                break;
            }
            advance(false);
        }
        expect(")", true);
        return JsonataNode.of(expressions);
    }

    private JsonataNode array() throws JsonataSyntax, TooDeep {
        List<JsonataNode> items = new ArrayList<>();
        if (!token.is("]")) {
            while (true) {
                items.add(expression(0));
                if (token.is("..")) {
                    advance(false);
                    items.add(expression(0));
                }
                if (!token.is(",")) {
                    break;
                }
                advance(false);
            }
        }
        expect("]", true);
        return JsonataNode.of(items);
    }

    private List<JsonataNode> pairs() throws JsonataSyntax, TooDeep {
        List<JsonataNode> pairs = new ArrayList<>();
        if (!token.is("}")) {
            while (true) {
                pairs.add(expression(0));
                expect(":", false);
                pairs.add(expression(0));
                if (!token.is(",")) {
                    break;
                }
                advance(false);
            }
        }
        expect("}", true);
        return pairs;
    }

    private JsonataNode transform() throws JsonataSyntax, TooDeep {
        List<JsonataNode> parts = new ArrayList<>();
        parts.add(expression(0));
        expect("|", false);
        parts.add(expression(0));
        if (token.is(",")) {
            advance(false);
            parts.add(expression(0));
        }
        expect("|", false);
        return new JsonataNode(Kind.OTHER, "", List.of(), parts);
    }

    private JsonataNode operation(JsonataToken operator, JsonataNode left) throws JsonataSyntax, TooDeep {
        return switch (operator.symbol()) {
            case "." -> path(left, expression(75));
            case "[" -> predicate(left);
            case "{" -> group(left);
            case "(" -> call(left);
            case "^" -> sorted(left);
            case "@", "#" -> bound(operator.symbol(), left);
            case "?" -> condition(left);
            case ":=" -> assignment(left);
            default -> JsonataNode.of(List.of(left, expression(POWERS.getOrDefault(operator.symbol(), 0))));
        };
    }

    private static JsonataNode path(JsonataNode left, JsonataNode step) {
        for (JsonataNode literal : List.of(left, step)) {
            if (literal.is(Kind.NUMBER) || literal.is(Kind.WORD)) {
                return JsonataNode.of(
                        Kind.WRONG,
                        "The literal value " + literal.text() + " cannot be used as a step within a path expression");
            }
        }
        return with(Kind.PATH, left.asStep(), List.of(step.asStep()));
    }

    private JsonataNode predicate(JsonataNode left) throws JsonataSyntax, TooDeep {
        if (token.is("]")) {
            advance(true);
            return left;
        }
        JsonataNode predicate = expression(0);
        expect("]", true);
        if (left.is(Kind.GROUP)) {
            return JsonataNode.of(Kind.WRONG, "A predicate cannot follow a grouping expression in a step");
        }
        return with(Kind.PATH, left, List.of(predicate));
    }

    private JsonataNode group(JsonataNode left) throws JsonataSyntax, TooDeep {
        List<JsonataNode> pairs = pairs();
        if (left.is(Kind.GROUP)) {
            return JsonataNode.of(Kind.WRONG, "Each step can only have one grouping expression");
        }
        return with(Kind.GROUP, left, pairs);
    }

    /** Adds what sees another context; what has become longer holds what it was, so that nothing is copied. */
    private static JsonataNode with(Kind kind, JsonataNode left, List<JsonataNode> added) {
        if (!left.is(Kind.PATH)) {
            return new JsonataNode(kind, "", List.of(left), added);
        }
        List<JsonataNode> inner = new ArrayList<>(added.size() + 1);
        inner.add(left);
        inner.addAll(added);
        return new JsonataNode(kind, "", left.here(), inner);
    }

    private JsonataNode sorted(JsonataNode left) throws JsonataSyntax, TooDeep {
        expect("(", false);
        List<JsonataNode> terms = new ArrayList<>();
        while (true) {
            if (token.is("<") || token.is(">")) {
                advance(false);
            }
            terms.add(expression(0));
            if (!token.is(",")) {
                break;
            }
            advance(false);
        }
        expect(")", true);
        return with(Kind.PATH, left, terms);
    }

    private JsonataNode bound(String operator, JsonataNode left) throws JsonataSyntax, TooDeep {
        if (!expression(80).is(Kind.VARIABLE)) {
            throw new JsonataSyntax(
                    "The right side of " + JsonataSyntax.quoted(operator) + " must be a variable name (start with $)");
        }
        return with(Kind.PATH, left, List.of());
    }

    private JsonataNode condition(JsonataNode left) throws JsonataSyntax, TooDeep {
        List<JsonataNode> parts = new ArrayList<>(List.of(left, expression(0)));
        if (token.is(":")) {
            advance(false);
            parts.add(expression(0));
        }
        return JsonataNode.of(parts);
    }

    private JsonataNode assignment(JsonataNode left) throws JsonataSyntax, TooDeep {
        if (!left.is(Kind.VARIABLE)) {
            throw new JsonataSyntax("The left side of := must be a variable name (start with $)");
        }
        return JsonataNode.of(List.of(expression(9)));
    }

    private JsonataNode call(JsonataNode procedure) throws JsonataSyntax, TooDeep {
        List<JsonataNode> arguments = new ArrayList<>();
        if (!token.is(")")) {
            while (true) {
                if (token.is("?")) {
                    advance(false);
                    arguments.add(JsonataNode.of(Kind.PLACEHOLDER, "?"));
                } else {
                    arguments.add(expression(0));
                }
                if (!token.is(",")) {
                    break;
                }
                advance(false);
            }
        }
        expect(")", true);
        if (procedure.is(Kind.NAME) && DEFINITION.contains(procedure.text())) {
            return lambda(arguments);
        }
        arguments.add(0, procedure);
        return JsonataNode.of(arguments);
    }

    private JsonataNode lambda(List<JsonataNode> parameters) throws JsonataSyntax, TooDeep {
        for (int i = 0; i < parameters.size(); i++) {
            if (!parameters.get(i).is(Kind.VARIABLE)) {
                throw new JsonataSyntax(
                        "Parameter " + (i + 1) + " of function definition must be a variable name (start with $)");
            }
        }
        skipSignature();
        expect("{", false);
        JsonataNode body = expression(0);
        expect("}", true);
        return new JsonataNode(Kind.LAMBDA, "", List.of(body), List.of());
    }

    private void skipSignature() throws JsonataSyntax {
        int open = 0;
        if (token.is("<")) {
            do {
                open += token.is("<") ? 1 : token.is(">") ? -1 : 0;
                advance(true);
            } while (open > 0 && !token.is("{") && !token.is(JsonataToken.END));
        }
        if (open > 0) {
            expect(">", true);
        }
    }

    /** The expression nests deeper than is looked at. */
    static final class TooDeep extends Exception {
        private static final long serialVersionUID = 1L;

        private TooDeep() {
            super("It nests too deeply.", null, false, false);
        }
    }
}

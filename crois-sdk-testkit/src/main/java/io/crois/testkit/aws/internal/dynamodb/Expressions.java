package io.crois.testkit.aws.internal.dynamodb;

import io.crois.testkit.aws.internal.dynamodb.Lexer.Kind;
import io.crois.testkit.aws.internal.dynamodb.Lexer.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Parses conditions, filters, key conditions and projections; {@link UpdateParser} does updates. */
public class Expressions {

    private static final int MAX_DEPTH = 200;

    final Lexer lexer;
    private final Placeholders placeholders;
    private int depth;

    Expressions(String kind, String text, Placeholders placeholders) {
        this.lexer = new Lexer(kind, text);
        this.placeholders = placeholders;
    }

    /**
     * Parses a condition.
     *
     * @param kind {@code ConditionExpression}, {@code FilterExpression} or {@code KeyConditionExpression}, for messages
     */
    public static Condition condition(String kind, String text, Placeholders placeholders) {
        Expressions parser = new Expressions(kind, text, placeholders);
        Condition condition = parser.or();
        parser.lexer.expectEnd();
        return condition;
    }

    /** Parses a projection. */
    public static List<DocumentPath> projection(String text, Placeholders placeholders) {
        Expressions parser = new Expressions("ProjectionExpression", text, placeholders);
        List<DocumentPath> paths = new ArrayList<>();
        do {
            paths.add(parser.path());
        } while (parser.lexer.takeSymbol(","));
        parser.lexer.expectEnd();
        refuseOverlaps("ProjectionExpression", paths);
        return paths;
    }

    static void refuseOverlaps(String kind, List<DocumentPath> paths) {
        for (int i = 0; i < paths.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (paths.get(i).overlaps(paths.get(j))) {
                    throw Refusal.validation("Invalid " + kind
                            + ": Two document paths overlap with each other; must remove or rewrite one of these"
                            + " paths; path one: " + paths.get(j) + ", path two: " + paths.get(i));
                }
            }
        }
    }

    private Condition or() {
        if (++depth > MAX_DEPTH) {
            throw Refusal.validation("Invalid " + lexer.expressionKind() + ": The expression is nested too deeply");
        }
        Condition left = and();
        while (lexer.takeWord("OR")) {
            left = new Condition.Or(left, and());
        }
        depth--;
        return left;
    }

    private Condition and() {
        Condition left = not();
        while (lexer.takeWord("AND")) {
            left = new Condition.And(left, not());
        }
        return left;
    }

    private Condition not() {
        boolean negated = false;
        while (lexer.takeWord("NOT")) {
            negated = !negated;
        }
        Condition condition = primary();
        return negated ? new Condition.Not(condition) : condition;
    }

    private Condition primary() {
        if (lexer.takeSymbol("(")) {
            Condition inner = or();
            lexer.expectSymbol(")");
            return inner;
        }
        if (lexer.peek().kind() == Kind.WORD && lexer.peek(1).text().equals("(")) {
            String function = lexer.peek().text();
            if (!function.equals("size")) {
                return function(function);
            }
        }
        return comparison(operand());
    }

    private Condition function(String name) {
        lexer.take();
        lexer.expectSymbol("(");
        Condition condition = switch (name) {
            case "attribute_exists" -> new Condition.Exists(path());
            case "attribute_not_exists" -> new Condition.Not(new Condition.Exists(path()));
            case "attribute_type" -> new Condition.HasType(path(), second());
            case "begins_with" -> new Condition.BeginsWith(operand(), second());
            case "contains" -> new Condition.Contains(operand(), second());
            default ->
                throw Refusal.validation(
                        "Invalid " + lexer.expressionKind() + ": Invalid function name; function: " + name);
        };
        lexer.expectSymbol(")");
        return condition;
    }

    private Operand second() {
        lexer.expectSymbol(",");
        return operand();
    }

    private Condition comparison(Operand left) {
        if (lexer.takeWord("BETWEEN")) {
            Operand low = operand();
            if (!lexer.takeWord("AND")) {
                throw lexer.syntaxError();
            }
            return new Condition.Between(left, low, operand());
        }
        if (lexer.takeWord("IN")) {
            lexer.expectSymbol("(");
            List<Operand> members = new ArrayList<>();
            do {
                members.add(operand());
            } while (lexer.takeSymbol(","));
            lexer.expectSymbol(")");
            return new Condition.In(left, List.copyOf(members));
        }
        Token operator = lexer.peek();
        if (!List.of("=", "<>", "<", "<=", ">", ">=").contains(operator.text())) {
            throw lexer.syntaxError();
        }
        lexer.take();
        return new Condition.Comparison(left, operator.text(), operand());
    }

    /** Parses what has a value: a placeholder, a path, or {@code size(path)}. */
    Operand operand() {
        Token token = lexer.peek();
        if (token.kind() == Kind.VALUE_PLACEHOLDER) {
            lexer.take();
            return new Operand.Literal(placeholders.value(token.text(), lexer.expressionKind()));
        }
        if (token.text().equals("size") && lexer.peek(1).text().equals("(")) {
            lexer.take();
            lexer.take();
            DocumentPath path = path();
            lexer.expectSymbol(")");
            return new Operand.Size(path);
        }
        return new Operand.Path(path());
    }

    /** Parses a document path. */
    final DocumentPath path() {
        List<DocumentPath.Element> elements = new ArrayList<>();
        elements.add(new DocumentPath.Name(name()));
        while (true) {
            if (lexer.takeSymbol(".")) {
                elements.add(new DocumentPath.Name(name()));
            } else if (lexer.takeSymbol("[")) {
                Token index = lexer.take();
                if (index.kind() != Kind.NUMBER || index.text().length() > 9) {
                    throw lexer.syntaxError();
                }
                elements.add(new DocumentPath.Index(Integer.parseInt(index.text())));
                lexer.expectSymbol("]");
            } else {
                return new DocumentPath(elements);
            }
        }
    }

    private String name() {
        Token token = lexer.peek();
        if (token.kind() == Kind.NAME_PLACEHOLDER) {
            lexer.take();
            return placeholders.name(token.text(), lexer.expressionKind());
        }
        if (token.kind() != Kind.WORD) {
            throw lexer.syntaxError();
        }
        if (ReservedWords.contains(token.text().toUpperCase(Locale.ROOT))) {
            throw Refusal.validation("Invalid " + lexer.expressionKind()
                    + ": Attribute name is a reserved keyword; reserved keyword: " + token.text());
        }
        lexer.take();
        return token.text();
    }
}

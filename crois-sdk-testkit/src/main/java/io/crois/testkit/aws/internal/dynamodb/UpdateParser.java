package io.crois.testkit.aws.internal.dynamodb;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Parses update expressions: {@code SET}, {@code REMOVE}, {@code ADD} and {@code DELETE}, each at most once. */
public final class UpdateParser extends Expressions {

    private static final String KIND = "UpdateExpression";

    private final List<Update.Action> actions = new ArrayList<>();

    private UpdateParser(String text, Placeholders placeholders) {
        super(KIND, text, placeholders);
    }

    /** Parses an update expression. */
    public static Update parse(String text, Placeholders placeholders) {
        UpdateParser parser = new UpdateParser(text, placeholders);
        parser.clauses();
        refuseOverlaps(KIND, parser.actions.stream().map(Update.Action::path).toList());
        return new Update(parser.actions);
    }

    private void clauses() {
        Set<String> seen = new HashSet<>();
        do {
            String clause = lexer.peek().text().toUpperCase(Locale.ROOT);
            if (!List.of("SET", "REMOVE", "ADD", "DELETE").contains(clause)) {
                throw lexer.syntaxError();
            }
            lexer.take();
            if (!seen.add(clause)) {
                throw Refusal.validation("Invalid " + KIND + ": The \"" + clause
                        + "\" section can only be used once in an update expression;");
            }
            do {
                actions.add(action(clause));
            } while (lexer.takeSymbol(","));
        } while (lexer.peek().kind() != Lexer.Kind.END);
    }

    private Update.Action action(String clause) {
        DocumentPath path = path();
        return switch (clause) {
            case "SET" -> {
                lexer.expectSymbol("=");
                yield new Update.Set(path, sum());
            }
            case "REMOVE" -> new Update.Remove(path);
            case "ADD" -> new Update.Add(path, literal("ADD"));
            default -> new Update.Delete(path, literal("DELETE"));
        };
    }

    private AttributeValue literal(String clause) {
        if (!(operand() instanceof Operand.Literal literal)) {
            throw lexer.syntaxError();
        }
        String type = Values.type(literal.literal());
        boolean set = type.length() == 2 && type.endsWith("S");
        if (!set && !(clause.equals("ADD") && type.equals("N"))) {
            throw Refusal.validation("Invalid " + KIND
                    + ": Incorrect operand type for operator or function; operator: " + clause
                    + ", operand type: " + typeName(type) + ", typeSet: ALLOWED_FOR_" + clause + "_OPERAND");
        }
        return literal.literal();
    }

    private static String typeName(String type) {
        return switch (type) {
            case "S" -> "STRING";
            case "N" -> "NUMBER";
            case "B" -> "BINARY";
            case "L" -> "LIST";
            case "M" -> "MAP";
            case "BOOL" -> "BOOLEAN";
            default -> type;
        };
    }

    private Operand sum() {
        Operand left = updateOperand();
        if (lexer.takeSymbol("+")) {
            return new Operand.Sum(left, true, updateOperand());
        }
        if (lexer.takeSymbol("-")) {
            return new Operand.Sum(left, false, updateOperand());
        }
        return left;
    }

    private Operand updateOperand() {
        if (lexer.takeSymbol("(")) {
            Operand inner = sum();
            lexer.expectSymbol(")");
            return inner;
        }
        if (!lexer.peek(1).text().equals("(")) {
            return operand();
        }
        String function = lexer.take().text();
        lexer.take();
        Operand result = switch (function) {
            case "if_not_exists" -> {
                DocumentPath path = path();
                lexer.expectSymbol(",");
                yield new Operand.IfNotExists(path, sum());
            }
            case "list_append" -> {
                Operand first = updateOperand();
                lexer.expectSymbol(",");
                yield new Operand.ListAppend(first, updateOperand());
            }
            default -> throw Refusal.validation("Invalid " + KIND + ": Invalid function name; function: " + function);
        };
        lexer.expectSymbol(")");
        return result;
    }
}

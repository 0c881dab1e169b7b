package io.crois.testkit.aws.internal.dynamodb;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Cuts an expression into tokens and walks over them. */
final class Lexer {

    /** What a token is. */
    enum Kind {
        WORD,
        NAME_PLACEHOLDER,
        VALUE_PLACEHOLDER,
        NUMBER,
        SYMBOL,
        END
    }

    /** One token. */
    record Token(Kind kind, String text) {}

    private static final Token END = new Token(Kind.END, "<EOF>");

    private final String expressionKind;
    private final List<Token> tokens = new ArrayList<>();
    private int position;

    /** Cuts an expression; the kind, such as {@code ConditionExpression}, stands in messages. */
    Lexer(String expressionKind, String text) {
        this.expressionKind = expressionKind;
        if (text.isBlank()) {
            throw Refusal.validation("Invalid " + expressionKind + ": The expression can not be empty;");
        }
        cut(text);
    }

    private void cut(String text) {
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            int start = i;
            if (Character.isWhitespace(c)) {
                i++;
                continue;
            }
            if (c == '#' || c == ':') {
                i = endOfWord(text, i + 1);
                tokens.add(
                        new Token(c == '#' ? Kind.NAME_PLACEHOLDER : Kind.VALUE_PLACEHOLDER, text.substring(start, i)));
            } else if (Character.isDigit(c)) {
                while (i < text.length() && Character.isDigit(text.charAt(i))) {
                    i++;
                }
                tokens.add(new Token(Kind.NUMBER, text.substring(start, i)));
            } else if (Character.isLetter(c) || c == '_') {
                i = endOfWord(text, i);
                tokens.add(new Token(Kind.WORD, text.substring(start, i)));
            } else {
                i += isPair(text, i) ? 2 : 1;
                tokens.add(symbol(text.substring(start, i), text));
            }
        }
    }

    private Token symbol(String symbol, String text) {
        if (!List.of("=", "<>", "<", "<=", ">", ">=", "(", ")", ",", ".", "[", "]", "+", "-")
                .contains(symbol)) {
            throw Refusal.validation(
                    "Invalid " + expressionKind + ": Syntax error; token: \"" + symbol + "\", near: \"" + text + "\"");
        }
        return new Token(Kind.SYMBOL, symbol);
    }

    private static boolean isPair(String text, int i) {
        return i + 1 < text.length() && List.of("<>", "<=", ">=").contains(text.substring(i, i + 2));
    }

    private static int endOfWord(String text, int from) {
        int i = from;
        while (i < text.length() && (Character.isLetterOrDigit(text.charAt(i)) || text.charAt(i) == '_')) {
            i++;
        }
        return i;
    }

    Token peek() {
        return position < tokens.size() ? tokens.get(position) : END;
    }

    Token peek(int ahead) {
        return position + ahead < tokens.size() ? tokens.get(position + ahead) : END;
    }

    Token take() {
        Token token = peek();
        position++;
        return token;
    }

    boolean isWord(String word) {
        return peek().kind() == Kind.WORD
                && peek().text().toUpperCase(Locale.ROOT).equals(word);
    }

    boolean takeWord(String word) {
        boolean is = isWord(word);
        if (is) {
            position++;
        }
        return is;
    }

    boolean takeSymbol(String symbol) {
        boolean is = peek().kind() == Kind.SYMBOL && peek().text().equals(symbol);
        if (is) {
            position++;
        }
        return is;
    }

    void expectSymbol(String symbol) {
        if (!takeSymbol(symbol)) {
            throw syntaxError();
        }
    }

    void expectEnd() {
        if (peek().kind() != Kind.END) {
            throw syntaxError();
        }
    }

    /** Returns the refusal that names the token at hand. */
    RuntimeException syntaxError() {
        StringBuilder near = new StringBuilder();
        for (int i = Math.max(0, position - 1); i < Math.min(tokens.size(), position + 2); i++) {
            near.append(near.isEmpty() ? "" : " ").append(tokens.get(i).text());
        }
        return Refusal.validation("Invalid " + expressionKind + ": Syntax error; token: \"" + peek().text()
                + "\", near: \"" + near + "\"");
    }

    String expressionKind() {
        return expressionKind;
    }
}

package io.crois.testkit.engine.internal.expression;

import static org.assertj.core.api.Assertions.assertThat;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.databind.node.TextNode;
import io.crois.asl.DefinitionValidator;
import io.crois.asl.Diagnostic;
import io.crois.asl.MachineType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;

/** The validator and the library that evaluates agree on what an expression is. */
final class JsonataSyntaxTest {

    private static final List<String> EXPRESSIONS = List.of(
            "$states.input.orders[price > 3 and qty < 10].{'id': id, \"sum\": price * qty}",
            "$sum($states.input.items.(price * quantity))",
            "$map($states.input.list, function($v, $i) { $v.name & '-' & $string($i) })",
            "($x := 1; $y := $x + 2; $x ? $y : -$x)",
            "[1..10, 20, [30..40]]",
            "$states.input.a^(>price, <name)[[0..2]]",
            "$states.input.items{category: $sum(price)}",
            "$states.input ~> |items|{'total': price}, ['secret']|",
            "$match($states.input.text, /[a-z]+(\\d{2})/i)[0].groups",
            "$states.input.`a name`.'other name'[-1]",
            "$add := function($a, $b)<nn:n>{ $a + $b }",
            "$states.input.a.b.c in [1, 2, 3] or not ($states.input.d = null)",
            "/* a comment */ $uppercase('a') ~> $trim() ~> $length()",
            "$states.input.**.name[]",
            "$states.input.*.x.%.y",
            "$states.input.loans@$l.books@$b[$l.isbn=$b.isbn].{'t': $b.title}",
            "$states.input.items#$i[$i < 3].name",
            "$f(?, 2)",
            "{'a': [1, true, null, 1.5], 'b': {'c': 'its' = \"it's\"}}",
            "λ($x){ $x * 2 }(3)",
            "$states.input.n % 2 = 0 ? 'even' : 'odd'",
            "$string(1) != '1' and 3 >= 2 and 2 <= 3 and \"\\u0041\" = 'A'",
            "$states.context.Execution.Id & '/' & $now()",
            "$states.input.items[type='a'][0].name");

    private static Optional<String> refusal(String expression) {
        String definition = "{\"QueryLanguage\":\"JSONata\",\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Pass\","
                + "\"End\":true,\"Output\":" + TextNode.valueOf("{%" + expression + "%}") + "}}}";
        return DefinitionValidator.of(MachineType.STANDARD).validate(definition).stream()
                .filter(found -> found.code().equals("INVALID_JSONATA_EXPRESSION"))
                .map(Diagnostic::message)
                .findFirst();
    }

    private static Optional<String> libraryRefusal(String expression) {
        try {
            Jsonata.jsonata(expression);
            return Optional.empty();
        } catch (JException refused) {
            return Optional.of(String.valueOf(refused.getMessage()));
        } catch (PatternSyntaxException onlyWhenItRuns) {
            return Optional.empty();
        } catch (StringIndexOutOfBoundsException unterminated) {
            return Optional.of("Comment has no closing tag");
        }
    }

    /** The library quotes numbers and names parameters, unlike JSONata's own implementation. */
    private static String alike(String message) {
        return message.startsWith("Parameter ")
                ? "Parameter"
                : message.replace("\"", "").replace("\\", "");
    }

    @Test
    void every_expression_that_the_library_reads_is_valid() {
        assertThat(EXPRESSIONS).allSatisfy(expression -> {
            assertThat(libraryRefusal(expression)).isEmpty();
            assertThat(refusal(expression)).isEmpty();
        });
    }

    @Test
    void expressions_that_lost_a_character_are_refused_as_the_library_refuses_them() {
        List<String> differing = new ArrayList<>();
        int refused = 0;
        for (String expression : EXPRESSIONS) {
            for (int i = 0; i < expression.length(); i++) {
                String damaged = expression.substring(0, i) + expression.substring(i + 1);
                Optional<String> wanted = libraryRefusal(damaged);
                Optional<String> found = refusal(damaged);
                refused += found.isPresent() ? 1 : 0;
                if (!wanted.map(JsonataSyntaxTest::alike).equals(found.map(JsonataSyntaxTest::alike))) {
                    differing.add(damaged + "\n   library: " + wanted + "\n   ours:    " + found);
                }
            }
        }
        assertThat(differing).isEmpty();
        assertThat(refused).isGreaterThan(100);
    }
}

package io.crois.testkit.engine.internal.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class IntrinsicTest {

    private final FixedScope scope = FixedScope.of("{'n': 2, 'list': [1, 2, 2, {'a': 1}], 'o': {'a': 1, 'b': [null]}, "
            + "'other': {'b': 2}, 'csv': 'a,b;c', 'json': '{}', 'none': [], "
            + "'flags': [true, false, true], 'nested': [[1, 2], [1, 2], [2, 1]], 'mixed': [null, 1, '1', 1, '01', null], "
            + "'pairs': [{'a': 1, 'b': 2}, {'b': 2, 'a': 1}], 'swapped': {'b': 3, 'a': 1}}");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "States.Format('{} and {}', 'x', $.o) | \"x and {a=1, b=[null]}\"",
                "States.Format('\\{\\} \\'{}\\'', $.n) | \"{} '2'\"",
                "States.StringToJson('') | null",
                "States.StringToJson($.json) | {}",
                "States.JsonToString($.o) | \"{\\\"a\\\":1,\\\"b\\\":[null]}\"",
                "States.StringSplit($.csv, ',;') | [\"a\",\"b\",\"c\"]",
                "States.StringSplit(',,a,,', ',') | [\"a\"]",
                "States.Base64Encode('é') | \"w6k=\"",
                "States.Base64Decode('w6k=') | \"é\"",
                "States.Base64Decode('YWJj') | \"abc\"",
                "States.Base64Decode('YWI') | \"ab\"",
                "States.Base64Decode(' YWJj! ') | \"abc\"",
                "States.Base64Decode('YQ==YQ') | \"a\"",
                "States.Hash(1, 'MD5') | \"c4ca4238a0b923820dcc509a6f75849b\"",
                "States.Hash('a', 'MD5') | \"0cc175b9c0f1b6a831c399e269772661\"",
                "States.Array() | []",
                "States.Array(1, 'x', null, true, States.Array($.n)) | [1,\"x\",null,true,[2]]",
                "States.ArrayPartition($.list, 3) | [[1,2,2],[{\"a\":1}]]",
                "States.ArrayContains($.list, 2) | true",
                "States.ArrayContains($.list, '2') | true",
                "States.ArrayContains($.flags, 'true') | true",
                "States.ArrayContains($.flags, 1) | false",
                "States.ArrayContains($.pairs, $.swapped) | false",
                "States.ArrayRange(5, 1, -2) | [5,3,1]",
                "States.ArrayRange(1.6, 1.4, 1) | [1]",
                "States.ArrayRange(5.4, -0.6, -2.4) | [5,3,1]",
                "States.ArrayRange(1, 5, -1) | []",
                "States.ArrayPartition($.list, 2.6) | [[1,2],[2,{\"a\":1}]]",
                "States.ArrayGetItem($.list, 1.9) | 2",
                "States.ArrayGetItem($.none, 999) | null",
                "States.ArrayGetItem($.list, States.MathAdd(1, -1)) | 1",
                "States.ArrayLength($.list[*]) | 4",
                "States.ArrayUnique($.list) | [{\"a\":1},1,2]",
                "States.ArrayUnique($.flags) | [false,true]",
                "States.ArrayUnique($.nested) | [[2,1],[1,2]]",
                "States.ArrayUnique($.pairs) | [{\"a\":1,\"b\":2}]",
                "States.ArrayUnique($.mixed) | [null,1,\"1\",\"01\"]",
                "States.JsonMerge($.o, $.other, 'false') | {\"a\":1,\"b\":2}",
                "States.JsonMerge($.o, $.other, false) | {\"a\":1,\"b\":2}",
                "States.MathAdd($.n, 3) | 5",
                "States.MathAdd(1.6, 2.7) | 5",
                "States.MathAdd(0.1, 0.2) | 0",
                "States.MathAdd(2147483646, 1) | 2147483647",
                "States.MathRandom(4.9, 5.9) | 4",
                "States.MathRandom(4, 5) | 4"
            })
    void a_function_makes_its_value(String call, String value) {
        assertThat(Expressions.pathOrIntrinsic(call, "field").evaluate(scope)).hasToString(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "States.Format('{}')",
                "States.Format('Hello {', $.n)",
                "States.Format('Hello {{}}', $.n)",
                "States.Format('}')",
                "States.Format($.n)",
                "States.StringToJson('{')",
                "States.StringToJson($.n)",
                "States.StringToJson(null)",
                "States.StringSplit($.n, ',')",
                "States.StringSplit('a', $.list)",
                "States.ArrayGetItem($.list, 4)",
                "States.ArrayGetItem($.list, -1)",
                "States.ArrayGetItem($.list, '1')",
                "States.ArrayLength($.o)",
                "States.ArrayUnique('a')",
                "States.ArrayContains('a', 'a')",
                "States.ArrayContains($.list)",
                "States.ArrayRange(0, 1000, 1)",
                "States.ArrayRange(1, 10, 0)",
                "States.ArrayRange(1, 10, 0.49)",
                "States.ArrayRange('a', 5, 1)",
                "States.ArrayPartition($.list, 0)",
                "States.ArrayPartition($.list, 0.6)",
                "States.ArrayPartition($.list, -1)",
                "States.ArrayPartition($.list, '2')",
                "States.Base64Encode(1)",
                "States.Base64Encode($.o)",
                "States.Base64Decode(1)",
                "States.Hash('a', 'CRC')",
                "States.Hash('a', 'sha-256')",
                "States.Hash('a', 'SHA256')",
                "States.Hash('a', 1)",
                "States.Hash('a')",
                "States.JsonMerge($.o, $.other, true)",
                "States.JsonMerge($.o, $.list, false)",
                "States.MathAdd('1', 2)",
                "States.MathAdd(true, 2)",
                "States.MathAdd(2147483647, 1)",
                "States.MathAdd(3000000000, 1)",
                "States.MathAdd(-2147483648, -1)",
                "States.MathRandom(1, 1)",
                "States.MathRandom(10, 5)",
                "States.MathRandom(1.4, 1.6)",
                "States.MathRandom(1, 10, null)",
                "States.UUID(1)"
            })
    void wrong_arguments_are_an_error_that_nothing_catches(String call) {
        String name = call.substring(0, call.indexOf('('));

        assertThatThrownBy(() -> Expressions.pathOrIntrinsic(call, "field").evaluate(scope))
                .hasMessage("There was an error while evaluating the intrinsic function: " + call
                        + ". Invalid arguments in " + name)
                .extracting(error -> ((StatesError) error).error())
                .isEqualTo("States.Runtime");
    }

    @Test
    void uuids_are_of_version_4_and_differ() {
        Template uuid = Expressions.pathOrIntrinsic("States.UUID()", "field");

        String first = uuid.evaluate(scope).textValue();

        assertThat(first).matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        assertThat(uuid.evaluate(scope).textValue()).isNotEqualTo(first);
    }
}

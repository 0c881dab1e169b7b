package io.crois.testkit.engine.internal.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class IntrinsicTest {

    private final FixedScope scope = FixedScope.of("{'n': 2, 'list': [1, 2, 2, {'a': 1}], 'o': {'a': 1, 'b': [null]}, "
            + "'other': {'b': 2}, 'csv': 'a,b;c', 'json': '{}'}");

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
                "States.Hash('a', 'MD5') | \"0cc175b9c0f1b6a831c399e269772661\"",
                "States.Array() | []",
                "States.Array(1, 'x', null, true, States.Array($.n)) | [1,\"x\",null,true,[2]]",
                "States.ArrayPartition($.list, 3) | [[1,2,2],[{\"a\":1}]]",
                "States.ArrayContains($.list, 2) | true",
                "States.ArrayContains($.list, '2') | false",
                "States.ArrayRange(5, 1, -2) | [5,3,1]",
                "States.ArrayGetItem($.list, States.MathAdd(1, -1)) | 1",
                "States.ArrayLength($.list[*]) | 4",
                "States.ArrayUnique($.list) | [1,2,{\"a\":1}]",
                "States.JsonMerge($.o, $.other, false) | {\"a\":1,\"b\":2}",
                "States.MathAdd($.n, 3) | 5",
                "States.MathRandom(4, 5) | 4"
            })
    void a_function_makes_its_value(String call, String value) {
        assertThat(Expressions.pathOrIntrinsic(call, "field").evaluate(scope)).hasToString(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "States.Format('{}') | Invalid arguments in States.Format",
                "States.StringToJson('{') | The String provided could not be converted to JSON",
                "States.ArrayGetItem($.list, 4) | The index 4 is out of the array's bounds",
                "States.ArrayRange(0, 1000, 1) | A range holds at most 1000 items",
                "States.ArrayPartition($.list, 0) | The chunk size must be a positive integer, but was: 0",
                "States.Hash('a', 'CRC') | Unsupported hash algorithm: CRC",
                "States.JsonMerge($.o, $.other, true) | Only shallow merging is supported: the third argument must be false",
                "States.MathAdd('1', 2) | The argument must be a number, but was: \"1\"",
                "States.UUID(1) | Invalid number of arguments: 1"
            })
    void a_function_that_fails_is_named_with_the_problem(String call, String problem) {
        assertThatThrownBy(() -> Expressions.pathOrIntrinsic(call, "field").evaluate(scope))
                .hasMessage("The function '" + call + "' had the following error: " + problem)
                .extracting(error -> ((StatesError) error).error())
                .isEqualTo("States.IntrinsicFailure");
    }

    @Test
    void uuids_are_of_version_4_and_differ() {
        Template uuid = Expressions.pathOrIntrinsic("States.UUID()", "field");

        String first = uuid.evaluate(scope).textValue();

        assertThat(first).matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        assertThat(uuid.evaluate(scope).textValue()).isNotEqualTo(first);
    }
}

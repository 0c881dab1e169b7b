package io.crois.testkit.aws.internal.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.eventbridge.model.InvalidEventPatternException;

final class EventPatternTest {

    private static final String EVENT = "{'source': 'aws.ecs', 'none': null, 'empty': '', 'blank': [], 'flag': true,"
            + "'resources': ['arn:a', 'arn:b'], 'detail': {'lastStatus': 'STOPPED', 'code': 137, 'price': 1.50,"
            + "'path': 'data/in/a.csv', 'containers': [{'name': 'main', 'exitCode': 1}, {'name': 'side', 'exitCode': 0}]}}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'source': ['aws.ecs']}                                            | true",
                "{'source': ['aws.batch', 'aws.ecs']}                               | true",
                "{'source': ['aws']}                                                | false",
                "{'source': ['aws.ecs'], 'detail': {'lastStatus': ['RUNNING']}}     | false",
                "{'source': ['aws.ecs'], 'detail': {'lastStatus': ['STOPPED']}}     | true",
                "{'resources': ['arn:b']}                                           | true",
                "{'resources': ['arn:c']}                                           | false",
                "{'none': [null]}                                                   | true",
                "{'empty': ['']}                                                    | true",
                "{'missing': [null]}                                                | false",
                "{'flag': [true]}                                                   | true",
                "{'flag': ['true']}                                                 | false",
                "{'detail': {'code': [137.0]}}                                      | true",
                "{'detail': {'price': [1.5]}}                                       | true",
                "{'detail': {'code': ['137']}}                                      | false",
                "{'source': [{'prefix': 'aws.'}]}                                   | true",
                "{'source': [{'prefix': 'AWS.'}]}                                   | false",
                "{'source': [{'prefix': {'equals-ignore-case': 'AWS.'}}]}           | true",
                "{'source': [{'suffix': '.ecs'}]}                                   | true",
                "{'source': [{'suffix': {'equals-ignore-case': '.ECS'}}]}           | true",
                "{'source': [{'suffix': '.batch'}]}                                 | false",
                "{'source': [{'equals-ignore-case': 'AWS.ECS'}]}                    | true",
                "{'source': [{'equals-ignore-case': 'AWS.EC2'}]}                    | false",
                "{'detail': {'code': [{'prefix': '13'}]}}                           | false",
                "{'detail': {'path': [{'wildcard': 'data/*/*.csv'}]}}               | true",
                "{'detail': {'path': [{'wildcard': 'data/*.txt'}]}}                 | false",
                "{'detail': {'path': [{'wildcard': 'data/in/a\\\\*'}]}}             | false",
                "{'source': [{'anything-but': 'aws.batch'}]}                        | true",
                "{'source': [{'anything-but': ['aws.batch', 'aws.ecs']}]}           | false",
                "{'detail': {'code': [{'anything-but': [0, 1]}]}}                   | true",
                "{'detail': {'code': [{'anything-but': [137]}]}}                    | false",
                "{'missing': [{'anything-but': 'x'}]}                               | false",
                "{'source': [{'anything-but': {'prefix': 'aws.'}}]}                 | false",
                "{'source': [{'anything-but': {'prefix': ['my.', 'your.']}}]}       | true",
                "{'source': [{'anything-but': {'suffix': '.ecs'}}]}                 | false",
                "{'source': [{'anything-but': {'wildcard': 'aws.*'}}]}              | false",
                "{'source': [{'anything-but': {'equals-ignore-case': 'AWS.ECS'}}]}  | false",
                "{'detail': {'code': [{'exists': true}]}}                           | true",
                "{'detail': {'code': [{'exists': false}]}}                          | false",
                "{'detail': {'other': [{'exists': false}]}}                         | true",
                "{'detail': {'other': [{'exists': true}]}}                          | false",
                "{'none': [{'exists': true}]}                                       | true",
                "{'blank': [{'exists': false}]}                                     | true",
                "{'nowhere': {'at': {'all': [{'exists': false}]}}}                  | true",
                "{'detail': {'code': [{'numeric': ['>', 100]}]}}                    | true",
                "{'detail': {'code': [{'numeric': ['>', 137]}]}}                    | false",
                "{'detail': {'code': [{'numeric': ['>=', 137, '<', 138]}]}}         | true",
                "{'detail': {'code': [{'numeric': ['>', 0, '<=', 5]}]}}             | false",
                "{'detail': {'code': [{'numeric': ['=', 137]}]}}                    | true",
                "{'source': [{'numeric': ['=', 137]}]}                              | false",
                "{'detail': {'code': [1, {'numeric': ['>', 100]}]}}                 | true",
                "{'$or': [{'source': ['aws.batch']}, {'detail': {'code': [137]}}]}  | true",
                "{'$or': [{'source': ['aws.batch']}, {'detail': {'code': [1]}}]}    | false",
                "{'flag': [false], '$or': [{'source': ['aws.ecs']}, {'flag': [true]}]} | false",
                "{'detail': {'$or': [{'code': [1]}, {'lastStatus': ['STOPPED']}]}}  | true",
                "{'detail': {'containers': {'name': ['side']}}}                     | true",
                "{'detail': {'containers': {'name': ['main'], 'exitCode': [1]}}}    | true",
                "{'detail': {'containers': {'name': ['main'], 'exitCode': [0]}}}    | false"
            })
    void an_event_is_matched(String pattern, boolean matches) {
        assertThat(EventPattern.parse(pattern.replace('\'', '"')).matches(json(EVENT)))
                .isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'source': ['a']                        | expected close marker",
                "['a']                                   | Filter is not an object",
                "{}                                      | Empty objects are not allowed",
                "{'source': 'a'}                         | \"source\" must be an object or an array",
                "{'source': []}                          | Empty arrays are not allowed",
                "{'source': [['a']]}                     | Arrays in arrays are not allowed",
                "{'source': [{'begins': 'a'}]}           | Unrecognized match type begins",
                "{'source': [{'prefix': 1}]}             | prefix match pattern must be a string",
                "{'source': [{'prefix': 'a', 'suffix': 'b'}]} | Only one key allowed",
                "{'source': [{'exists': 'yes'}]}         | exists match pattern must be either true or false.",
                "{'source': [{'numeric': ['>']}]}        | Invalid number of elements in numeric match",
                "{'source': [{'numeric': ['>', 'a']}]}   | Value of numeric match must be numeric",
                "{'source': [{'numeric': ['~', 1]}]}     | Unrecognized numeric range operator: ~",
                "{'source': [{'anything-but': []}]}      | Empty arrays are not allowed",
                "{'source': [{'wildcard': 'a**b'}]}      | Consecutive wildcard characters at pos 1",
                "{'$or': [{'source': ['a']}]}            | at least 2"
            })
    void a_pattern_that_makes_no_sense_is_refused_with_the_reason(String pattern, String reason) {
        assertThatThrownBy(() -> EventPattern.parse(pattern.replace('\'', '"')))
                .isInstanceOf(InvalidEventPatternException.class)
                .hasMessageContaining("Event pattern is not valid. Reason: ")
                .hasMessageContaining(reason);
    }

    @Test
    void addresses_are_not_matched_in_memory() {
        assertThatThrownBy(() -> EventPattern.parse("{\"ip\": [{\"cidr\": \"10.0.0.0/24\"}]}"))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("`cidr` is not in memory");
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}

package io.crois.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;

/** A distributed Map reads items in every form that the service documents, and tells where each comes from. */
final class ItemSourcesTest {

    private static final String SELECTOR =
            ", 'ItemSelector': {'v.$': '$$.Map.Item.Value', 's.$': '$$.Map.Item.Source'}";
    private static final String PAIRS = ", 'ItemSelector': {'k.$': '$$.Map.Item.Key', 'i.$': '$$.Map.Item.Index', "
            + "'v.$': '$$.Map.Item.Value', 's.$': '$$.Map.Item.Source'}";

    private final StepFunctions engine = new StepFunctions();

    @BeforeEach
    void fill() throws IOException {
        engine.objects.put(
                "b/in/nested.json", "{\"data\": {\"items\": [{\"id\": 1}, {\"id\": 2}], \"map\": {\"x\": 7}}}");
        engine.objects.put("b/in/other.json", "{\"a\": 1}");
        engine.objects.put("b/lists/one.json", "[1, 2]");
        engine.objects.put("b/lists/two.json", "[3]");
        engine.objects.put("b/rows.csv", "id;name\n1;An\\;n\n2;\"B \\\"o\\\"b\"\n3;C\\d\n");
        engine.objects.put("b/athena-manifest.csv", "s3://b/data/1.csv\ns3://b/data/2.csv.gz\n");
        engine.objects.put("b/data/1.csv", "1,x\n");
        engine.objects.objects.put("b/data/2.csv.gz", packed("2,y\n"));
        engine.objects.objects.put("b/inv/data.csv.gz", packed("\"src\",\"a.txt\",\"5\"\n"));
        engine.objects.put(
                "b/inv/manifest.json",
                "{\"destinationBucket\": \"arn:aws:s3:::b\", \"fileSchema\": \"Bucket, Key, Size\", "
                        + "\"files\": [{\"key\": \"inv/data.csv.gz\"}]}");
    }

    private static byte[] packed(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream packing = new GZIPOutputStream(bytes)) {
            packing.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private DescribeExecutionResponse map(String fields, String input) {
        return engine.run(
                "{'StartAt': 'Each', 'States': {'Each': {'Type': 'Map', 'End': true, 'ItemProcessor': {'ProcessorConfig': "
                        + "{'Mode': 'DISTRIBUTED', 'ExecutionType': 'STANDARD'}, 'StartAt': 'A', 'States': {'A': "
                        + "{'Type': 'Pass', 'End': true}}}" + fields + "}}}",
                input);
    }

    private DescribeExecutionResponse read(String call, String config, String parameters, String more) {
        return map(
                ", 'ItemReader': {'Resource': 'arn:aws:states:::s3:" + call + "', 'ReaderConfig': {" + config
                        + "}, 'Parameters': {'Bucket': 'b', " + parameters + "}}" + more,
                "{}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'InputType': 'JSON', 'ItemsPointer': '/data/items'                  | in/nested.json      | [{"v":{"id":1},"s":"s3://b/in/nested.json"},{"v":{"id":2},"s":"s3://b/in/nested.json"}]
            'InputType': 'JSON', 'ItemsPointer': '/data/items', 'MaxItems': 1   | in/nested.json      | [{"v":{"id":1},"s":"s3://b/in/nested.json"}]
            'InputType': 'CSV', 'CSVHeaderLocation': 'FIRST_ROW', 'CSVDelimiter': 'SEMICOLON' | rows.csv    | [{"v":{"id":"1","name":"An;n"},"s":"s3://b/rows.csv"},{"v":{"id":"2","name":"B \\"o\\"b"},"s":"s3://b/rows.csv"},{"v":{"id":"3","name":"Cd"},"s":"s3://b/rows.csv"}]
            'InputType': 'CSV', 'CSVHeaderLocation': 'GIVEN', 'CSVHeaders': ['n'] | data/1.csv        | [{"v":{"n":"1"},"s":"s3://b/data/1.csv"}]
            'ManifestType': 'S3_INVENTORY'                                      | inv/manifest.json   | [{"v":{"Bucket":"src","Key":"a.txt","Size":"5"},"s":"s3://b/inv/data.csv.gz"}]
            'InputType': 'MANIFEST'                                             | inv/manifest.json   | [{"v":{"Bucket":"src","Key":"a.txt","Size":"5"},"s":"s3://b/inv/data.csv.gz"}]
            'ManifestType': 'ATHENA_DATA', 'InputType': 'CSV', 'CSVHeaderLocation': 'GIVEN', 'CSVHeaders': ['n', 'v'] | athena-manifest.csv | [{"v":{"n":"1","v":"x"},"s":"s3://b/data/1.csv"},{"v":{"n":"2","v":"y"},"s":"s3://b/data/2.csv.gz"}]
            """)
    void the_items_of_an_object_name_it_as_their_source(String config, String key, String output) {
        assertThat(read("getObject", config, "'Key': '" + key + "'", SELECTOR).output())
                .isEqualTo(output);
    }

    @Test
    void a_listing_gives_metadata_or_the_items_of_all_objects() {
        assertThat(read(
                                "listObjectsV2",
                                "",
                                "'Prefix': 'lists/'",
                                ", 'ItemSelector': {'k.$': '$$.Map.Item.Value.Key', 's.$': '$$.Map.Item.Source'}")
                        .output())
                .isEqualTo("[{\"k\":\"lists/one.json\",\"s\":\"s3://b\"},{\"k\":\"lists/two.json\",\"s\":\"s3://b\"}]");
        assertThat(read(
                                "listObjectsV2",
                                "'InputType': 'JSON', 'Transformation': 'LOAD_AND_FLATTEN'",
                                "'Prefix': 'lists/'",
                                SELECTOR)
                        .output())
                .isEqualTo("[{\"v\":1,\"s\":\"s3://b/lists/one.json\"},{\"v\":2,\"s\":\"s3://b/lists/one.json\"},"
                        + "{\"v\":3,\"s\":\"s3://b/lists/two.json\"}]");
    }

    @Test
    void the_pairs_of_an_object_are_items_with_a_key() {
        assertThat(map(PAIRS, "{'b': 2, 'a': 1}").output())
                .isEqualTo("[{\"k\":\"b\",\"i\":0,\"v\":2,\"s\":\"STATE_DATA\"},"
                        + "{\"k\":\"a\",\"i\":1,\"v\":1,\"s\":\"STATE_DATA\"}]");
        assertThat(read("getObject", "'InputType': 'JSON', 'ItemsPointer': '/data/map'", "'Key': 'in/nested.json'", "")
                        .output())
                .isEqualTo("[{\"Key\":\"x\",\"Value\":7}]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'InputType': 'PARQUET'                                  | 'Key': 'rows.csv'                    | InputType PARQUET is not in memory.
            'InputType': 'JSON'                                     | 'Key': 'lists/one.json', 'VersionId': 'x' | Versions of objects are not in memory: leave VersionId out.
            'InputType': 'JSON', 'ItemsPointer': '/none'            | 'Key': 'in/other.json'               | Attempting to map over non-iterable node.
            'InputType': 'JSON', 'ItemsPointer': '/a'               | 'Key': 'in/other.json'               | Attempting to map over non-iterable node.
            'InputType': 'JSONL'                                    | 'Key': 'gone.jsonl'                  | NoSuchKey: The specified key does not exist.
            """)
    void what_cannot_be_read_fails_the_reader(String config, String parameters, String cause) {
        DescribeExecutionResponse end = read("getObject", config, parameters, "");

        assertThat(end.error()).isEqualTo("States.ItemReaderFailed");
        assertThat(end.cause()).isEqualTo(cause);
    }

    @Test
    void an_inline_map_tells_of_no_source() {
        DescribeExecutionResponse end = engine.run("""
                {'QueryLanguage': 'JSONata', 'StartAt': 'Each', 'States': {'Each': {'Type': 'Map', 'End': true,
                 'Items': '{% [1] %}', 'ItemSelector': {'s': '{% $states.context.Map.Item.Source %}'},
                 'ItemProcessor': {'StartAt': 'A', 'States': {'A': {'Type': 'Pass', 'End': true}}}}}}
                """, "{}");

        assertThat(end.error()).isEqualTo("States.QueryEvaluationError");
    }

    @Test
    void a_text_of_digits_is_a_time_to_wait() {
        DescribeExecutionResponse end = engine.run(
                "{'StartAt': 'W', 'States': {'W': {'Type': 'Wait', 'SecondsPath': '$.s', 'End': true}}}", "{'s': '3'}");

        assertThat(Duration.between(end.startDate(), end.stopDate())).hasSeconds(3);
    }
}

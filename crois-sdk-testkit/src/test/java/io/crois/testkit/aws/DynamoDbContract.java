package io.crois.testkit.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertAll;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** What Amazon DynamoDB promises: held by the fake and by the vendor's own local edition. */
abstract class DynamoDbContract {

    private static final String TABLE = "things";

    private DynamoDbClient dynamoDb;

    abstract DynamoDbClient client();

    @BeforeEach
    final void createTable() {
        dynamoDb = client();
        create();
    }

    private void create() {
        dynamoDb.createTable(request -> request.tableName(TABLE)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(key("pk", KeyType.HASH), key("sk", KeyType.RANGE))
                .attributeDefinitions(attribute("pk"), attribute("sk")));
    }

    @AfterEach
    final void deleteTable() {
        dynamoDb.deleteTable(request -> request.tableName(TABLE));
    }

    @Test
    void every_type_of_value_comes_back_as_it_was_put() {
        Map<String, AttributeValue> item = Map.of(
                "pk", s("a"),
                "sk", s("1"),
                "number", n("-12.5"),
                "flag", AttributeValue.fromBool(true),
                "nothing", AttributeValue.fromNul(true),
                "bytes", AttributeValue.fromB(SdkBytes.fromUtf8String("\u0000x")),
                "list", AttributeValue.fromL(List.of(n("1"), s("two"), AttributeValue.fromL(List.of()))),
                "map", AttributeValue.fromM(Map.of("deep", AttributeValue.fromM(Map.of("er", s("yes"))))),
                "texts", AttributeValue.fromSs(List.of("x")));

        put(item);

        assertThat(get("a", "1")).isEqualTo(item);
    }

    @Test
    void numbers_lose_their_zeros_and_exponents() {
        put(Map.of("pk", s("a"), "sk", s("1"), "x", n("0012.500"), "y", n("1.5e3"), "z", n("-0.0")));

        assertThat(get("a", "1"))
                .containsEntry("x", n("12.5"))
                .containsEntry("y", n("1500"))
                .containsEntry("z", n("0"));
    }

    @Test
    void an_item_that_is_not_there_is_told_from_an_empty_one() {
        assertThat(dynamoDb.getItem(r -> r.tableName(TABLE).key(keyOf("no", "where")))
                        .hasItem())
                .isFalse();
    }

    @Test
    void a_projection_keeps_the_shape() {
        put(Map.of(
                "pk", s("a"),
                "sk", s("1"),
                "list", AttributeValue.fromL(List.of(n("1"), n("2"), n("3"))),
                "map", AttributeValue.fromM(Map.of("x", n("1"), "y", n("2")))));

        Map<String, AttributeValue> item = dynamoDb.getItem(r -> r.tableName(TABLE)
                        .key(keyOf("a", "1"))
                        .projectionExpression("#list[0], #list[2], #map.x, absent.y")
                        .expressionAttributeNames(Map.of("#list", "list", "#map", "map")))
                .item();

        assertThat(item)
                .isEqualTo(Map.of(
                        "list", AttributeValue.fromL(List.of(n("1"), n("3"))),
                        "map", AttributeValue.fromM(Map.of("x", n("1")))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "n1 = :ten; true",
                "n1 <> :ten; false",
                "n1 < :ten; false",
                "n1 <= :ten; true",
                "n1 > :text; false",
                "n1 <> :text; true",
                "absent = :ten; false",
                "absent <> :ten; true",
                "NOT absent = :ten; true",
                "t1 BETWEEN :a AND :text; true",
                "n1 IN (:text, :ten); true",
                "t1 in (:a); false",
                "attribute_exists(m1.x); true",
                "attribute_not_exists(m1.x) OR attribute_exists(t1); true",
                "attribute_not_exists(t1); false",
                "attribute_type(l1, :l); true",
                "begins_with(t1, :a); false",
                "begins_with(t1, :te); true",
                "contains(t1, :x); true",
                "contains(l1, :ten); true",
                "contains(ss1, :x); true",
                "contains(ss1, :te); false",
                "size(t1) = :four; true",
                "size(l1) < :four; true",
                "size(absent) < :four; false",
                "l1[0] = :ten; true",
                "l1[7] = :ten; false",
                "m1.x = :ten AND (t1 = :a OR t1 = :text); true",
                "t1 = :a OR t1 = :text AND n1 = :four; false",
            })
    void a_condition_means_what_the_guide_says(String condition, boolean holds) {
        put(Map.of(
                "pk", s("a"),
                "sk", s("1"),
                "n1", n("10"),
                "t1", s("text"),
                "l1", AttributeValue.fromL(List.of(n("10"), s("x"))),
                "m1", AttributeValue.fromM(Map.of("x", n("10"))),
                "ss1", AttributeValue.fromSs(List.of("x", "y"))));
        Map<String, AttributeValue> values = Map.of(
                ":ten", n("10.0"), ":text", s("text"), ":a", s("a"), ":l", s("L"), ":te", s("te"), ":x", s("x"),
                ":four", n("4"));
        Map<String, AttributeValue> used = values.entrySet().stream()
                .filter(entry -> condition.matches(".*" + entry.getKey() + "\\b.*"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));

        ScanResponse response = dynamoDb.scan(r ->
                r.tableName(TABLE).filterExpression(condition).expressionAttributeValues(used.isEmpty() ? null : used));

        assertThat(response.count() == 1).isEqualTo(holds);
        assertThat(response.scannedCount()).isEqualTo(1);
    }

    @Test
    void a_put_whose_condition_fails_changes_nothing() {
        put(Map.of("pk", s("a"), "sk", s("1"), "x", n("1")));

        assertThatThrownBy(() -> dynamoDb.putItem(r -> r.tableName(TABLE)
                        .item(Map.of("pk", s("a"), "sk", s("1"), "x", n("2")))
                        .conditionExpression("attribute_not_exists(pk)")
                        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)))
                .isInstanceOfSatisfying(ConditionalCheckFailedException.class, refusal -> {
                    assertThat(refusal.awsErrorDetails().errorMessage()).isEqualTo("The conditional request failed");
                    assertThat(refusal.item()).containsEntry("x", n("1"));
                });
        assertThat(get("a", "1")).containsEntry("x", n("1"));
    }

    @Test
    void an_update_makes_the_item_and_returns_what_was_asked_for() {
        Map<String, AttributeValue> after = dynamoDb.updateItem(r -> r.tableName(TABLE)
                        .key(keyOf("a", "1"))
                        .updateExpression(
                                "SET x = if_not_exists(x, :one) + :two, l = list_append(:list, :list) ADD n :two")
                        .expressionAttributeValues(
                                Map.of(":one", n("1"), ":two", n("2"), ":list", AttributeValue.fromL(List.of(s("e")))))
                        .returnValues(ReturnValue.ALL_NEW))
                .attributes();

        assertThat(after)
                .isEqualTo(Map.of(
                        "pk", s("a"),
                        "sk", s("1"),
                        "x", n("3"),
                        "l", AttributeValue.fromL(List.of(s("e"), s("e"))),
                        "n", n("2")));
    }

    @Test
    void an_update_reads_the_item_as_it_was_before() {
        put(Map.of("pk", s("a"), "sk", s("1"), "x", n("1"), "y", n("5")));

        Map<String, AttributeValue> changed = dynamoDb.updateItem(r -> r.tableName(TABLE)
                        .key(keyOf("a", "1"))
                        .updateExpression("SET x = y, y = x")
                        .returnValues(ReturnValue.UPDATED_NEW))
                .attributes();

        assertThat(changed).isEqualTo(Map.of("x", n("5"), "y", n("1")));
    }

    @Test
    void sets_grow_and_shrink_and_vanish_when_they_are_empty() {
        put(Map.of("pk", s("a"), "sk", s("1"), "t", AttributeValue.fromSs(List.of("x", "y"))));

        update("ADD t :z", Map.of(":z", AttributeValue.fromSs(List.of("z", "x"))));
        assertThat(get("a", "1").get("t").ss()).containsExactlyInAnyOrder("x", "y", "z");

        update("DELETE t :all", Map.of(":all", AttributeValue.fromSs(List.of("x", "y", "z"))));
        assertThat(get("a", "1")).doesNotContainKey("t");
    }

    @Test
    void nested_places_are_set_and_removed() {
        put(Map.of(
                "pk", s("a"),
                "sk", s("1"),
                "m", AttributeValue.fromM(Map.of("x", n("1"))),
                "l", AttributeValue.fromL(List.of(n("0"), n("1"), n("2"), n("3")))));

        update("SET m.y = :v, l[9] = :v REMOVE m.x, l[0], l[2]", Map.of(":v", n("7")));

        assertThat(get("a", "1").get("m").m()).isEqualTo(Map.of("y", n("7")));
        assertThat(get("a", "1").get("l").l()).containsExactly(n("1"), n("3"), n("7"));
    }

    @Test
    void a_query_gives_a_part_of_a_partition_in_order_and_in_pages() {
        IntStream.range(0, 25).forEach(i -> put(Map.of("pk", s("a"), "sk", s("%02d".formatted(i)), "i", n("" + i))));
        put(Map.of("pk", s("b"), "sk", s("05")));

        List<String> seen = new ArrayList<>();
        Map<String, AttributeValue> start = null;
        do {
            Map<String, AttributeValue> from = start;
            QueryResponse page = dynamoDb.query(r -> r.tableName(TABLE)
                    .keyConditionExpression("pk = :a AND sk BETWEEN :low AND :high")
                    .filterExpression("i <> :not")
                    .expressionAttributeValues(Map.of(":a", s("a"), ":low", s("03"), ":high", s("17"), ":not", n("9")))
                    .scanIndexForward(false)
                    .exclusiveStartKey(from)
                    .limit(4));
            page.items().forEach(item -> seen.add(item.get("sk").s()));
            start = page.hasLastEvaluatedKey() && !page.lastEvaluatedKey().isEmpty() ? page.lastEvaluatedKey() : null;
        } while (start != null);

        assertThat(seen)
                .containsExactly("17", "16", "15", "14", "13", "12", "11", "10", "08", "07", "06", "05", "04", "03");
    }

    @Test
    void a_query_by_prefix_finds_the_prefix_only() {
        List.of("A#1", "A#2", "B#1").forEach(sk -> put(Map.of("pk", s("a"), "sk", s(sk))));

        QueryResponse found = dynamoDb.query(r -> r.tableName(TABLE)
                .keyConditionExpression("pk = :a AND begins_with(sk, :prefix)")
                .expressionAttributeValues(Map.of(":a", s("a"), ":prefix", s("A#"))));

        assertThat(found.items()).extracting(item -> item.get("sk").s()).containsExactly("A#1", "A#2");
        assertThat(found.hasLastEvaluatedKey() && !found.lastEvaluatedKey().isEmpty())
                .isFalse();
    }

    @Test
    void a_page_ends_at_a_mebibyte() {
        String much = "x".repeat(300_000);
        IntStream.range(0, 5).forEach(i -> put(Map.of("pk", s("a"), "sk", s("" + i), "much", s(much))));

        QueryResponse page = dynamoDb.query(r ->
                r.tableName(TABLE).keyConditionExpression("pk = :a").expressionAttributeValues(Map.of(":a", s("a"))));

        assertThat(page.count()).isEqualTo(4);
        assertThat(page.lastEvaluatedKey()).isEqualTo(keyOf("a", "3"));
    }

    @Test
    void a_scan_in_pages_sees_everything_once() {
        IntStream.range(0, 30).forEach(i -> put(Map.of("pk", s("p" + i % 7), "sk", s("" + i))));

        List<String> seen = new ArrayList<>();
        Map<String, AttributeValue> start = null;
        do {
            Map<String, AttributeValue> from = start;
            ScanResponse page = dynamoDb.scan(r -> r.tableName(TABLE).limit(4).exclusiveStartKey(from));
            page.items().forEach(item -> seen.add(item.get("sk").s()));
            start = page.hasLastEvaluatedKey() && !page.lastEvaluatedKey().isEmpty() ? page.lastEvaluatedKey() : null;
        } while (start != null);

        assertThat(seen).hasSize(30).doesNotHaveDuplicates();
    }

    @Test
    void a_transaction_is_done_as_a_whole_or_not_at_all() {
        put(Map.of("pk", s("a"), "sk", s("1"), "x", n("1")));

        assertThatThrownBy(() -> dynamoDb.transactWriteItems(r -> r.transactItems(
                        transactPut(Map.of("pk", s("b"), "sk", s("2")), null),
                        transactPut(Map.of("pk", s("a"), "sk", s("1"), "x", n("9")), "attribute_not_exists(pk)"))))
                .isInstanceOfSatisfying(
                        TransactionCanceledException.class,
                        refusal -> assertThat(refusal.cancellationReasons())
                                .extracting(CancellationReason::code)
                                .containsExactly("None", "ConditionalCheckFailed"));
        assertThat(dynamoDb.scan(r -> r.tableName(TABLE)).count()).isEqualTo(1);

        dynamoDb.transactWriteItems(r -> r.transactItems(
                transactPut(Map.of("pk", s("b"), "sk", s("2")), "attribute_not_exists(pk)"),
                TransactWriteItem.builder()
                        .update(update -> update.tableName(TABLE)
                                .key(keyOf("a", "1"))
                                .updateExpression("SET x = x + :one")
                                .expressionAttributeValues(Map.of(":one", n("1"))))
                        .build()));
        assertThat(get("a", "1")).containsEntry("x", n("2"));
        assertThat(get("b", "2")).isNotEmpty();
    }

    @Test
    void a_transaction_repeated_with_its_token_is_done_once() {
        put(Map.of("pk", s("a"), "sk", s("1"), "x", n("1")));
        TransactWriteItem increment = TransactWriteItem.builder()
                .update(update -> update.tableName(TABLE)
                        .key(keyOf("a", "1"))
                        .updateExpression("SET x = x + :one")
                        .expressionAttributeValues(Map.of(":one", n("1"))))
                .build();

        dynamoDb.transactWriteItems(r -> r.transactItems(increment).clientRequestToken("token"));
        dynamoDb.transactWriteItems(r -> r.transactItems(increment).clientRequestToken("token"));

        assertThat(get("a", "1")).containsEntry("x", n("2"));
    }

    @Test
    void batches_write_and_read_many() {
        List<WriteRequest> puts = IntStream.range(0, 25)
                .mapToObj(i -> WriteRequest.builder()
                        .putRequest(put -> put.item(Map.of("pk", s("a"), "sk", s("" + i))))
                        .build())
                .toList();

        dynamoDb.batchWriteItem(r -> r.requestItems(Map.of(TABLE, puts)));
        List<Map<String, AttributeValue>> found = dynamoDb.batchGetItem(r -> r.requestItems(Map.of(
                        TABLE,
                        KeysAndAttributes.builder()
                                .keys(List.of(keyOf("a", "3"), keyOf("a", "24"), keyOf("a", "25")))
                                .build())))
                .responses()
                .get(TABLE);

        assertThat(found).extracting(item -> item.get("sk").s()).containsExactlyInAnyOrder("3", "24");
    }

    @Test
    void a_deletion_returns_the_old_item_and_may_be_repeated() {
        put(Map.of("pk", s("a"), "sk", s("1"), "x", n("1")));

        Map<String, AttributeValue> old = dynamoDb.deleteItem(
                        r -> r.tableName(TABLE).key(keyOf("a", "1")).returnValues(ReturnValue.ALL_OLD))
                .attributes();
        dynamoDb.deleteItem(r -> r.tableName(TABLE).key(keyOf("a", "1")));

        assertThat(old).containsEntry("x", n("1"));
        assertThat(get("a", "1")).isEmpty();
    }

    @Test
    void mistakes_are_refused_as_validation_errors() {
        assertAll(
                () -> refused(() -> put(Map.of("pk", s("a")))).hasMessageContaining("key"),
                () -> refused(() -> put(Map.of("pk", n("1"), "sk", s("1"))))
                        .hasMessageContaining("Type mismatch for key"),
                () -> refused(() -> put(Map.of("pk", s(""), "sk", s("1"))))
                        .hasMessageContaining("empty string value. Key: pk"),
                () -> refused(() -> dynamoDb.getItem(r -> r.tableName(TABLE).key(Map.of("pk", s("a")))))
                        .hasMessageContaining("key"),
                () -> refused(() -> put(Map.of("pk", s("a"), "sk", s("1"), "much", s("x".repeat(410_000)))))
                        .hasMessageContaining("Item size has exceeded the maximum allowed size"),
                () -> refused(() -> update("SET pk = :v", Map.of(":v", s("b"))))
                        .hasMessageContaining("Cannot update attribute pk. This attribute is part of the key"),
                () -> refused(() -> update("SET m.x = :v", Map.of(":v", s("b"))))
                        .hasMessageContaining(
                                "The document path provided in the update expression is invalid for update"),
                () -> refused(() -> update("SET x = y", Map.of()))
                        .hasMessageContaining("refers to an attribute that does not exist in the item"),
                () -> refused(() -> update("SET x = :v, x = :v", Map.of(":v", s("b"))))
                        .hasMessageContaining("Two document paths overlap with each other"),
                () -> refused(() -> update("SET x = :v", Map.of(":v", s("b"), ":w", s("c"))))
                        .hasMessageContaining("unused in expressions: keys: {:w}"),
                () -> refused(() -> update("SET x = :w", Map.of(":v", s("b"))))
                        .hasMessageContaining("attribute value: :w"),
                () -> refused(() -> update("SET status = :v", Map.of(":v", s("b"))))
                        .hasMessageContaining("reserved keyword: status"),
                () -> refused(() -> update("SET x :v", Map.of(":v", s("b"))))
                        .hasMessageContaining("Syntax error; token: \":v\""),
                () -> refused(() -> dynamoDb.query(r -> r.tableName(TABLE)
                                .keyConditionExpression("sk = :v")
                                .expressionAttributeValues(Map.of(":v", s("b")))))
                        .hasMessageContaining("Query condition missed key schema element"));
    }

    @Test
    void tables_are_known_by_name() {
        assertThat(dynamoDb.listTables().tableNames()).contains(TABLE);
        assertThat(dynamoDb.describeTable(r -> r.tableName(TABLE)).table().keySchema())
                .containsExactly(key("pk", KeyType.HASH), key("sk", KeyType.RANGE));
        assertThatThrownBy(this::create).isInstanceOf(ResourceInUseException.class);
        assertThatThrownBy(() -> dynamoDb.getItem(r -> r.tableName("nothing").key(keyOf("a", "1"))))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    private AbstractThrowableAssert<?, ? extends Throwable> refused(ThrowingCallable call) {
        return assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        AwsServiceException.class,
                        refusal -> assertThat(refusal.awsErrorDetails().errorCode())
                                .isEqualTo("ValidationException"));
    }

    private void put(Map<String, AttributeValue> item) {
        dynamoDb.putItem(r -> r.tableName(TABLE).item(item));
    }

    private void update(String expression, Map<String, AttributeValue> values) {
        dynamoDb.updateItem(r -> r.tableName(TABLE)
                .key(keyOf("a", "1"))
                .updateExpression(expression)
                .expressionAttributeValues(values.isEmpty() ? null : values));
    }

    private Map<String, AttributeValue> get(String pk, String sk) {
        return dynamoDb.getItem(r -> r.tableName(TABLE).key(keyOf(pk, sk))).item();
    }

    private static TransactWriteItem transactPut(Map<String, AttributeValue> item, String condition) {
        return TransactWriteItem.builder()
                .put(put -> put.tableName(TABLE).item(item).conditionExpression(condition))
                .build();
    }

    private static Map<String, AttributeValue> keyOf(String pk, String sk) {
        return Map.of("pk", s(pk), "sk", s(sk));
    }

    private static AttributeValue s(String text) {
        return AttributeValue.fromS(text);
    }

    private static AttributeValue n(String number) {
        return AttributeValue.fromN(number);
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }

    private static AttributeDefinition attribute(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }
}

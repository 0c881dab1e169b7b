import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The least that makes a function's first call of AWS: GetItem, or ReceiveMessage where CROIS_DEAD_EVENTS names a queue. */
public final class Floor implements RequestStreamHandler {
    private static final String QUEUE = System.getenv("CROIS_DEAD_EVENTS");
    private final DynamoDbClient dynamoDb = QUEUE != null
            ? null
            : DynamoDbClient.builder()
                    .httpClient(UrlConnectionHttpClient.builder().build())
                    .build();
    private final SqsClient sqs = QUEUE == null
            ? null
            : SqsClient.builder()
                    .httpClient(UrlConnectionHttpClient.builder().build())
                    .build();

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        input.readAllBytes();
        Object answer = QUEUE != null
                ? sqs.receiveMessage(request -> request.queueUrl(QUEUE)).messages()
                : dynamoDb.getItem(request -> request.tableName("crois")
                                .consistentRead(true)
                                .key(Map.of("pk", AttributeValue.fromS("a"), "sk", AttributeValue.fromS("b"))))
                        .item();
        output.write(answer == null ? "null".getBytes() : "{}".getBytes());
    }
}

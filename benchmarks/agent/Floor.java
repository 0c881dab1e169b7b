import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The least that reads an order, runs a command and writes a report: two signed calls and a child process. */
public final class Floor {
    public static void main(String[] arguments) throws Exception {
        String order = call(
                "GetItem",
                "{\"TableName\":\"crois\",\"ConsistentRead\":true,\"Key\":{\"pk\":{\"S\":\"a\"},\"sk\":{\"S\":\"b\"}}}");
        if (!order.contains("true")) {
            throw new IllegalStateException("There is no order.");
        }
        Process process = new ProcessBuilder("true").start();
        process.getInputStream().transferTo(System.out);
        int code = process.waitFor();
        call(
                "PutItem",
                "{\"TableName\":\"crois\",\"Item\":{\"pk\":{\"S\":\"a\"},\"sk\":{\"S\":\"c\"},\"body\":{\"S\":\"{}\"}}}");
        System.exit(code);
    }

    private static String call(String operation, String body) throws Exception {
        URI uri = URI.create(System.getenv("AWS_ENDPOINT_URL") + "/");
        String time = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'")
                .withZone(ZoneOffset.UTC)
                .format(Instant.now());
        String day = time.substring(0, 8);
        String scope = day + "/us-east-1/dynamodb/aws4_request";
        String target = "DynamoDB_20120810." + operation;
        String canonical = "POST\n/\n\nhost:" + uri.getAuthority() + "\nx-amz-date:" + time + "\nx-amz-target:" + target
                + "\n\nhost;x-amz-date;x-amz-target\n" + hex(sha256(body));
        String text = "AWS4-HMAC-SHA256\n" + time + "\n" + scope + "\n" + hex(sha256(canonical));
        byte[] key = ("AWS4" + System.getenv("AWS_SECRET_ACCESS_KEY")).getBytes(StandardCharsets.UTF_8);
        for (String part : new String[] {day, "us-east-1", "dynamodb", "aws4_request"}) {
            key = hmac(key, part);
        }
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setDoOutput(true);
        connection.setRequestMethod("POST");
        connection.setRequestProperty("X-Amz-Date", time);
        connection.setRequestProperty("X-Amz-Target", target);
        connection.setRequestProperty("Content-Type", "application/x-amz-json-1.0");
        connection.setRequestProperty(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=" + System.getenv("AWS_ACCESS_KEY_ID") + "/" + scope
                        + ", SignedHeaders=host;x-amz-date;x-amz-target, Signature=" + hex(hmac(key, text)));
        try (OutputStream out = connection.getOutputStream()) {
            out.write(body.getBytes(StandardCharsets.UTF_8));
        }
        return new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static byte[] sha256(String text) throws Exception {
        return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] hmac(byte[] key, String text) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}

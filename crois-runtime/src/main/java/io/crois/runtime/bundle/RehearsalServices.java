package io.crois.runtime.bundle;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.crois.contract.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * What the agent calls, made up on this machine's loopback: DynamoDB and Secrets Manager, S3, and the credentials of a
 * container. Over TLS as on AWS, since much of a start goes into that.
 */
final class RehearsalServices implements AutoCloseable {
    private static final String PASSWORD = "rehearsal";
    private static final String ALIAS = "rehearsal";
    private static final String TRUST = "trust.p12";
    private static final int OK = 200;
    private static final int PARTIAL = 206;
    private static final String CREATED =
            "<InitiateMultipartUploadResult><UploadId>rehearsal</UploadId></InitiateMultipartUploadResult>";
    private static final String COMPLETED =
            "<CompleteMultipartUploadResult><ETag>rehearsal</ETag></CompleteMultipartUploadResult>";

    private final Path folder;
    private final HttpServer credentials;
    private final HttpsServer services;
    private final ExecutorService workers = Executors.newCachedThreadPool();

    private RehearsalServices(Path folder, HttpServer credentials, HttpsServer services) {
        this.folder = folder;
        this.credentials = credentials;
        this.services = services;
    }

    static RehearsalServices start(Jdk jdk) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("crois-rehearsal-");
        Path keys = folder.resolve("keys.p12");
        Tool.run(List.of(
                jdk.tool("keytool"),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=ip:127.0.0.1",
                "-validity",
                "3650",
                "-keystore",
                keys.toString(),
                "-storepass",
                PASSWORD));
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        RehearsalServices made =
                new RehearsalServices(folder, HttpServer.create(anyPort, 0), HttpsServer.create(anyPort, 0));
        made.serve(keys);
        return made;
    }

    private void serve(Path keys) throws IOException {
        services.setHttpsConfigurator(new HttpsConfigurator(context(keys)));
        services.setExecutor(workers);
        credentials.setExecutor(workers);
        services.createContext("/", this::answer);
        credentials.createContext("/", exchange -> send(exchange, RehearsalOrder.CREDENTIALS));
        services.start();
        credentials.start();
    }

    private SSLContext context(Path keys) throws IOException {
        try (InputStream in = Files.newInputStream(keys)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD.toCharArray());
            writeTrust(store.getCertificate(ALIAS));
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(factory.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("The keys that `keytool` has made cannot be used.", e);
        }
    }

    private void writeTrust(Certificate certificate) throws IOException, GeneralSecurityException {
        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry(ALIAS, certificate);
        try (OutputStream out = Files.newOutputStream(folder.resolve(TRUST))) {
            trust.store(out, PASSWORD.toCharArray());
        }
    }

    /** Returns the options that make the agent trust these services, which only the rehearsal has. */
    List<String> trust() {
        return List.of(
                "-Djavax.net.ssl.trustStore=" + folder.resolve(TRUST),
                "-Djavax.net.ssl.trustStorePassword=" + PASSWORD);
    }

    /** Returns what a task on ECS finds in its environment. */
    Map<String, String> environment() {
        return Map.of(
                "CROIS_ORDER",
                RehearsalOrder.LOCATION.text(),
                "JAVA_TOOL_OPTIONS",
                "",
                "AWS_REGION",
                "us-east-1",
                "AWS_ENDPOINT_URL",
                "https://127.0.0.1:" + services.getAddress().getPort(),
                "AWS_CONTAINER_CREDENTIALS_FULL_URI",
                "http://127.0.0.1:" + credentials.getAddress().getPort() + "/credentials");
    }

    private void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
        String operation = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
        switch (operation.substring(operation.indexOf('.') + 1)) {
            case "GetItem" -> send(exchange, RehearsalOrder.item());
            case "GetSecretValue" -> send(exchange, Json.write(Map.of("SecretString", "rehearsed-secret")));
            case "null" -> answerForObject(exchange);
            default -> send(exchange, "{}");
        }
    }

    private static void answerForObject(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String range = exchange.getRequestHeaders().getFirst("Range");
        if (exchange.getRequestMethod().equals("POST")) {
            send(
                    exchange,
                    String.valueOf(exchange.getRequestURI().getQuery()).startsWith("uploads") ? CREATED : COMPLETED);
        } else if (path.endsWith(RehearsalOrder.MANIFEST)) {
            send(exchange, RehearsalOrder.manifest());
        } else if (path.endsWith(RehearsalOrder.LARGE) && range != null) {
            sendRange(exchange, range.substring(range.indexOf('=') + 1));
        } else {
            send(exchange, RehearsalOrder.CONTENT);
        }
    }

    private static void sendRange(HttpExchange exchange, String range) throws IOException {
        String[] ends = range.split("-", 2);
        int from = Integer.parseInt(ends[0]);
        int to = ends[1].isEmpty() ? RehearsalOrder.LARGE_BYTES - 1 : Integer.parseInt(ends[1]);
        exchange.getResponseHeaders()
                .set("Content-Range", "bytes " + from + "-" + to + "/" + RehearsalOrder.LARGE_BYTES);
        send(exchange, PARTIAL, new byte[to + 1 - from]);
    }

    private static void send(HttpExchange exchange, String text) throws IOException {
        send(exchange, OK, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        boolean upload = exchange.getRequestMethod().equals("PUT");
        exchange.getResponseHeaders().set("ETag", "\"rehearsal\"");
        exchange.sendResponseHeaders(status, upload ? -1 : body.length);
        if (!upload && !exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    @Override
    public void close() throws IOException {
        services.stop(0);
        credentials.stop(0);
        workers.shutdownNow();
        Files.deleteIfExists(folder.resolve("keys.p12"));
        Files.deleteIfExists(folder.resolve(TRUST));
        Files.deleteIfExists(folder);
    }
}

package io.crois.runtime.agent.aws;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** A small S3 that keeps its promises about what it stores, on a wire that keeps none. */
final class FaultyS3 implements AutoCloseable {

    /** What goes wrong with one request. */
    enum Fault {
        NONE,
        /** 503, and nothing was done. */
        SLOW_DOWN,
        /** 500, and nothing was done. */
        INTERNAL_ERROR,
        /** The connection ends before anything was done. */
        LOST_REQUEST,
        /** It was done, but the connection ends before the answer. */
        LOST_ANSWER,
        /** The connection ends in the middle of the answer. */
        TRUNCATED,
        /** A byte is changed on its way, there or back. */
        CORRUPTED,
        /** The answer's length is told too small, and so many bytes come. */
        SHORTENED,
        /** Nothing comes any more. */
        HANGS,
        /**
         * The answer has status 200, but says that there was an error; for other calls than the last one of an upload,
         * 500.
         */
        ERROR_WITH_200,
        /** Something else than HTTP. */
        GARBAGE,
        /** The credentials are too old. */
        EXPIRED,
        /** Somewhere else. */
        REDIRECTED,
        /** S3 has forgotten the upload; for other calls than those of an upload, 500. */
        FORGOTTEN
    }

    /** An object as it is stored. */
    record Stored(
            byte[] bytes,
            String etag,
            @Nullable String token,
            @Nullable String kmsKey) {}

    private record Pending(@Nullable String token, @Nullable String kmsKey, Map<Integer, byte[]> parts) {}

    final Map<String, Stored> objects = new ConcurrentHashMap<>();
    final Map<String, Pending> uploads = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private final Map<String, Integer> times = new ConcurrentHashMap<>();
    private final ServerSocket server;
    private volatile BiFunction<String, Integer, Fault> faults = (request, time) -> Fault.NONE;

    private FaultyS3(ServerSocket server) {
        this.server = server;
    }

    static FaultyS3 start() throws IOException {
        FaultyS3 s3 = new FaultyS3(new ServerSocket(0, 100, InetAddress.getLoopbackAddress()));
        begin(s3::accept);
        return s3;
    }

    /** Says what goes wrong with a request: its method, key and part, and how often it has come before. */
    void faults(BiFunction<String, Integer, Fault> next) {
        times.clear();
        faults = next;
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private static void begin(Runnable task) {
        Thread thread = new Thread(task, "faulty-s3");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                begin(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            boolean more = true;
            while (more) {
                Request request = Request.read(in);
                more = request != null && answer(request, in, socket.getOutputStream());
            }
        } catch (IOException e) {
            // The client has gone.
        }
    }

    /** Returns whether the connection is still good. */
    private boolean answer(Request request, InputStream in, OutputStream out) throws IOException {
        int time = times.merge(request.name(), 1, Integer::sum) - 1;
        Fault fault = faults.apply(request.name(), time);
        switch (fault) {
            case LOST_REQUEST:
                return false;
            case HANGS:
                in.transferTo(OutputStream.nullOutputStream());
                return false;
            case GARBAGE:
                out.write("\0\1\2 this is no HTTP\n\n".getBytes(UTF_8));
                return false;
            case SLOW_DOWN:
                return send(out, request, Answer.error(503, "SlowDown"));
            case EXPIRED:
                return send(out, request, Answer.error(400, "ExpiredToken"));
            case REDIRECTED:
                return send(
                        out, request, Answer.error(307, "TemporaryRedirect").with("Location", "http://127.0.0.1:1/"));
            case INTERNAL_ERROR:
                return send(out, request, Answer.error(500, "InternalError"));
            case ERROR_WITH_200:
                return send(out, request, Answer.error(request.completes() ? 200 : 500, "InternalError"));
            case FORGOTTEN:
                String upload = request.query.get("uploadId");
                if (upload == null) {
                    return send(out, request, Answer.error(500, "InternalError"));
                }
                uploads.remove(upload);
                break;
            case CORRUPTED:
                request.corrupt();
                break;
            default:
                break;
        }
        Answer answer = perform(request);
        byte[] body = request.method.equals("HEAD") ? new byte[0] : answer.body;
        if (fault == Fault.LOST_ANSWER) {
            return false;
        }
        if (fault == Fault.TRUNCATED) {
            byte[] whole = answer.bytes(request, body.length);
            out.write(whole, 0, Math.max(1, whole.length - 1 - body.length / 2));
            out.flush();
            return false;
        }
        if (fault == Fault.CORRUPTED && request.method.equals("GET") && body.length > 0) {
            answer = answer.corrupted();
        }
        if (fault == Fault.SHORTENED && body.length > 1) {
            return send(out, request, answer.shortened());
        }
        return send(out, request, answer);
    }

    private static boolean send(OutputStream out, Request request, Answer answer) throws IOException {
        out.write(answer.bytes(request, answer.body.length));
        out.flush();
        return true;
    }

    private synchronized Answer perform(Request request) {
        String upload = request.query.get("uploadId");
        return switch (request.method) {
            case "HEAD", "GET" -> get(request);
            case "POST" -> upload == null ? create(request) : complete(request, upload);
            case "DELETE" -> {
                uploads.remove(String.valueOf(upload));
                yield new Answer(204, Map.of(), new byte[0]);
            }
            default -> upload == null ? put(request) : part(request, upload);
        };
    }

    private Answer get(Request request) {
        Stored object = objects.get(request.key);
        if (object == null) {
            return Answer.error(404, "NoSuchKey");
        }
        String match = request.headers.get("if-match");
        if (match != null && !match.equals(object.etag)) {
            return Answer.error(412, "PreconditionFailed");
        }
        Map<String, String> headers = new HashMap<>(Map.of("ETag", object.etag));
        if (object.token != null) {
            headers.put("x-amz-meta-crois-upload", object.token);
        }
        String range = request.headers.get("range");
        if (range == null) {
            return new Answer(200, headers, object.bytes);
        }
        String[] ends = range.substring("bytes=".length()).split("-", -1);
        int from = Integer.parseInt(ends[0]);
        int to = ends[1].isEmpty()
                ? object.bytes.length - 1
                : Math.min(Integer.parseInt(ends[1]), object.bytes.length - 1);
        if (from > to) {
            return Answer.error(416, "InvalidRange");
        }
        headers.put("Content-Range", "bytes " + from + "-" + to + "/" + object.bytes.length);
        return new Answer(206, headers, Arrays.copyOfRange(object.bytes, from, to + 1));
    }

    private @Nullable Answer refusal(Request request) {
        Stored object = objects.get(request.key);
        String match = request.headers.get("if-match");
        if (match != null && object == null) {
            return Answer.error(404, "NoSuchKey");
        }
        boolean fits = match == null ? object == null : object != null && match.equals(object.etag);
        return fits ? null : Answer.error(412, "PreconditionFailed");
    }

    private Answer put(Request request) {
        if (!sha256(request.body).equals(request.headers.get("x-amz-checksum-sha256"))) {
            return Answer.error(400, "BadDigest");
        }
        Answer refusal = refusal(request);
        return refusal != null ? refusal : store(request, request.body, request.token(), request.kmsKey());
    }

    private Answer store(Request request, byte[] bytes, @Nullable String token, @Nullable String kmsKey) {
        String etag = "\"" + numbers.incrementAndGet() + "\"";
        objects.put(request.key, new Stored(bytes, etag, token, kmsKey));
        return new Answer(200, Map.of("ETag", etag), new byte[0]);
    }

    private Answer create(Request request) {
        String upload = "upload-" + numbers.incrementAndGet();
        uploads.put(upload, new Pending(request.token(), request.kmsKey(), new TreeMap<>()));
        String xml =
                "<InitiateMultipartUploadResult><UploadId>" + upload + "</UploadId></InitiateMultipartUploadResult>";
        return new Answer(200, Map.of(), xml.getBytes(UTF_8));
    }

    private Answer part(Request request, String upload) {
        Pending pending = uploads.get(upload);
        if (pending == null) {
            return Answer.error(404, "NoSuchUpload");
        }
        if (!crc32c(request.body).equals(request.headers.get("x-amz-checksum-crc32c"))) {
            return Answer.error(400, "BadDigest");
        }
        pending.parts.put(Integer.parseInt(request.query.get("partNumber")), request.body);
        return new Answer(200, Map.of("ETag", "\"" + crc32c(request.body) + "\""), new byte[0]);
    }

    private Answer complete(Request request, String upload) {
        Pending pending = uploads.get(upload);
        if (pending == null) {
            return Answer.error(404, "NoSuchUpload");
        }
        String xml = new String(request.body, UTF_8);
        if (!xml.endsWith("</CompleteMultipartUpload>") || !xml.startsWith("<CompleteMultipartUpload>")) {
            return Answer.error(500, "InternalError");
        }
        Answer refusal = refusal(request);
        if (refusal != null) {
            return refusal;
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (int number = 1; xml.contains("<PartNumber>" + number + "<"); number++) {
            byte[] part = pending.parts.get(number);
            if (part == null || !xml.contains(crc32c(part))) {
                return Answer.error(400, "InvalidPart");
            }
            whole.writeBytes(part);
        }
        uploads.remove(upload);
        Answer stored = store(request, whole.toByteArray(), pending.token, pending.kmsKey);
        byte[] body = "<CompleteMultipartUploadResult><Key>k</Key></CompleteMultipartUploadResult>".getBytes(UTF_8);
        return new Answer(200, stored.headers, body);
    }

    static String sha256(byte[] bytes) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String crc32c(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return Base64.getEncoder()
                .encodeToString(
                        ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }

    private static final class Request {
        private final String method;
        private final String key;
        private final Map<String, String> query = new HashMap<>();
        private final Map<String, String> headers;
        private final byte[] body;

        private Request(String method, String target, Map<String, String> headers, byte[] body) {
            this.method = method;
            String[] parts = target.split("\\?", 2);
            this.key = URLDecoder.decode(parts[0].substring(parts[0].indexOf('/', 1) + 1), UTF_8);
            for (String pair : parts.length < 2 ? new String[0] : parts[1].split("&")) {
                String[] both = pair.split("=", 2);
                query.put(both[0], both.length < 2 ? "" : URLDecoder.decode(both[1], UTF_8));
            }
            this.headers = headers;
            this.body = body;
        }

        static @Nullable Request read(InputStream in) throws IOException {
            String first = line(in);
            if (first == null) {
                return null;
            }
            Map<String, String> headers = new HashMap<>();
            for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
                int colon = line.indexOf(':');
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
            String[] words = first.split(" ");
            int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
            return new Request(words[0], words[1], headers, in.readNBytes(length));
        }

        private static @Nullable String line(InputStream in) throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int value = in.read(); value != '\n'; value = in.read()) {
                if (value < 0) {
                    return null;
                }
                line.write(value);
            }
            return line.toString(ISO_8859_1).stripTrailing();
        }

        String name() {
            return method + " " + key + " "
                    + query.getOrDefault("partNumber", query.containsKey("uploads") ? "new" : "")
                    + headers.getOrDefault("range", "").replaceFirst(".*-", "");
        }

        boolean completes() {
            return method.equals("POST") && query.containsKey("uploadId");
        }

        void corrupt() {
            if (body.length > 0) {
                body[body.length / 2] ^= 1;
            }
        }

        @Nullable
        String token() {
            return headers.get("x-amz-meta-crois-upload");
        }

        @Nullable
        String kmsKey() {
            return headers.get("x-amz-server-side-encryption-aws-kms-key-id");
        }
    }

    private record Answer(int status, Map<String, String> headers, byte[] body) {

        static Answer error(int status, String code) {
            String xml = "<Error><Code>" + code + "</Code><Message>Made up.</Message></Error>";
            return new Answer(status, Map.of(), xml.getBytes(UTF_8));
        }

        Answer with(String name, String value) {
            return new Answer(status, Map.of(name, value), body);
        }

        Answer corrupted() {
            byte[] other = body.clone();
            other[other.length / 2] ^= 1;
            return new Answer(status, headers, other);
        }

        Answer shortened() {
            return new Answer(status, headers, Arrays.copyOf(body, body.length - 1));
        }

        byte[] bytes(Request request, int length) {
            StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " X\r\n");
            headers.forEach((name, value) ->
                    head.append(name).append(": ").append(value).append("\r\n"));
            head.append("Content-Length: ").append(length).append("\r\n\r\n");
            byte[] start = head.toString().getBytes(ISO_8859_1);
            if (request.method.equals("HEAD") || status == 204) {
                return start;
            }
            byte[] all = Arrays.copyOf(start, start.length + body.length);
            System.arraycopy(body, 0, all, start.length, body.length);
            return all;
        }
    }
}

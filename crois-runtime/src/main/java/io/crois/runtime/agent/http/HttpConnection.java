package io.crois.runtime.agent.http;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** One connection to a server; carries one exchange after the other. Used by one thread at a time. */
final class HttpConnection implements AutoCloseable {
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int CHUNK_BYTES = 64 * 1024;

    private final HttpOrigin origin;
    private final Socket socket;
    private final Deadline deadline;
    private final ConnectionInput in;
    private final OutputStream out;

    private HttpConnection(HttpOrigin origin, Socket socket, Deadline deadline) throws IOException {
        this.origin = origin;
        this.socket = socket;
        this.deadline = deadline;
        this.in = new ConnectionInput(socket.getInputStream(), deadline);
        this.out = new BufferedOutputStream(new WatchedOutput(socket.getOutputStream()), BUFFER_BYTES);
    }

    static HttpConnection open(HttpOrigin origin, HttpLimits limits) throws IOException {
        Socket plain = new Socket(Proxy.NO_PROXY);
        try {
            plain.setTcpNoDelay(true);
            plain.connect(new InetSocketAddress(origin.host(), origin.port()), (int)
                    limits.connect().toMillis());
            plain.setSoTimeout((int) limits.stall().toMillis());
            Socket socket = origin.secure() ? secured(plain, origin) : plain;
            return new HttpConnection(origin, socket, new Deadline(limits));
        } catch (IOException | RuntimeException e) {
            plain.close();
            throw e;
        }
    }

    private static Socket secured(Socket plain, HttpOrigin origin) throws IOException {
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        SSLSocket socket = (SSLSocket) factory.createSocket(plain, origin.host(), origin.port(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    HttpOrigin origin() {
        return origin;
    }

    Deadline deadline() {
        return deadline;
    }

    ConnectionInput in() {
        return in;
    }

    /** Sends a request and reads the head of the answer, also of one that the server gives before it has read all. */
    HttpHead exchange(HttpCall call) throws IOException {
        deadline.begin(call.body().length());
        try {
            out.write(head(call));
            call.body().writeTo(out);
            out.flush();
        } catch (HttpBody.UnreadableBody e) {
            throw e;
        } catch (IOException e) {
            return earlyAnswer(e);
        }
        return finalHead();
    }

    private HttpHead earlyAnswer(IOException failure) throws IOException {
        try {
            socket.setSoTimeout((int) Duration.ofSeconds(1).toMillis());
            return finalHead().last();
        } catch (IOException e) {
            failure.addSuppressed(e);
            throw failure;
        }
    }

    private HttpHead finalHead() throws IOException {
        HttpHead head = HttpHead.read(in);
        while (head.status() < 200) {
            head = HttpHead.read(in);
        }
        return head;
    }

    private static byte[] head(HttpCall call) {
        StringBuilder head = new StringBuilder(1024);
        head.append(call.method()).append(' ').append(call.target()).append(" HTTP/1.1\r\n");
        boolean host = false;
        for (Map.Entry<String, String> header : call.headers().entrySet()) {
            host |= header.getKey().equalsIgnoreCase("Host");
            head.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n");
        }
        if (!host) {
            head.append("Host: ").append(call.origin().authority()).append("\r\n");
        }
        if (call.body().length() > 0
                || !call.method().equals("GET") && !call.method().equals("HEAD")) {
            head.append("Content-Length: ").append(call.body().length()).append("\r\n");
        }
        return head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // It is of no use any more, closed or not.
        }
    }

    /** Writes in pieces, so that each one shows that the server still reads. */
    private final class WatchedOutput extends OutputStream {
        private final OutputStream to;

        WatchedOutput(OutputStream to) {
            this.to = to;
        }

        @Override
        public void write(int value) throws IOException {
            to.write(value);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            for (int done = 0; done < length; done += CHUNK_BYTES) {
                to.write(bytes, offset + done, Math.min(CHUNK_BYTES, length - done));
                deadline.progress();
            }
        }

        @Override
        public void flush() throws IOException {
            to.flush();
        }
    }
}

package io.crois.runtime.agent.http;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests over connections that are used again. A connection that moves no byte for too long, or takes too long
 * as a whole, is closed under its exchange, which fails then. Thread-safe.
 */
public final class HttpConnections implements AutoCloseable {
    /** Servers close idle connections after some seconds; one that is older than this is not used again. */
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(4);

    private static final long TICKS = 4;

    private final HttpLimits limits;
    private final Map<HttpOrigin, Deque<Idle>> idle = new HashMap<>();
    private final Set<HttpConnection> busy = ConcurrentHashMap.newKeySet();
    private final Thread watch;
    private volatile boolean closed;

    private HttpConnections(HttpLimits limits) {
        this.limits = limits;
        this.watch = new Thread(this::watch, "crois-connections");
        watch.setDaemon(true);
    }

    /** Returns a client without any connection yet. */
    public static HttpConnections create(HttpLimits limits) {
        HttpConnections made = new HttpConnections(limits);
        made.watch.start();
        return made;
    }

    /**
     * Sends a request once.
     *
     * @return the answer, whatever its status; to be closed
     * @throws IOException if there is no whole head of an answer in time
     */
    public HttpAnswer send(HttpCall call) throws IOException {
        HttpConnection connection = connection(call.origin());
        busy.add(connection);
        boolean answered = false;
        try {
            HttpHead head = connection.exchange(call);
            Long length = head.length();
            connection.deadline().extend(length == null ? 0 : length);
            BodyInput body = BodyInput.of(head, call.method(), connection.in());
            answered = true;
            return new HttpAnswer(head, body, connection, this);
        } finally {
            if (!answered) {
                giveBack(connection, false);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        watch.interrupt();
        busy.forEach(HttpConnection::close);
        synchronized (idle) {
            idle.values().forEach(all -> all.forEach(each -> each.connection.close()));
            idle.clear();
        }
    }

    void giveBack(HttpConnection connection, boolean reusable) {
        connection.deadline().end();
        busy.remove(connection);
        if (!reusable || closed) {
            connection.close();
            return;
        }
        synchronized (idle) {
            idle.computeIfAbsent(connection.origin(), origin -> new ArrayDeque<>())
                    .push(new Idle(connection, System.nanoTime()));
        }
    }

    private HttpConnection connection(HttpOrigin origin) throws IOException {
        HttpConnection known = idle(origin);
        return known != null ? known : HttpConnection.open(origin, limits);
    }

    private @Nullable HttpConnection idle(HttpOrigin origin) {
        synchronized (idle) {
            Deque<Idle> known = idle.getOrDefault(origin, new ArrayDeque<>());
            while (!known.isEmpty()) {
                Idle last = known.pop();
                if (System.nanoTime() - last.since < IDLE_NANOS) {
                    return last.connection;
                }
                last.connection.close();
            }
            return null;
        }
    }

    private void watch() {
        long tick = Math.max(1, limits.stall().toMillis() / TICKS);
        try {
            while (!closed) {
                TimeUnit.MILLISECONDS.sleep(tick);
                closeStalled();
            }
        } catch (InterruptedException e) {
            // It is closed.
        }
    }

    private void closeStalled() {
        long now = System.nanoTime();
        for (HttpConnection connection : busy) {
            if (connection.deadline().passed(now)) {
                connection.close();
            }
        }
    }

    private static final class Idle {
        private final HttpConnection connection;
        private final long since;

        private Idle(HttpConnection connection, long since) {
            this.connection = connection;
            this.since = since;
        }
    }
}

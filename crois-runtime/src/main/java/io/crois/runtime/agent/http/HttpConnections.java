package io.crois.runtime.agent.http;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
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
    private final ScheduledThreadPoolExecutor watch;

    private HttpConnections(HttpLimits limits) {
        this.limits = limits;
        this.watch = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "crois-connections");
            thread.setDaemon(true);
            return thread;
        });
        long tick = Math.max(1, limits.stall().toMillis() / TICKS);
        var unused = watch.scheduleWithFixedDelay(this::closeStalled, tick, tick, TimeUnit.MILLISECONDS);
    }

    /** Returns a client without any connection yet. */
    public static HttpConnections create(HttpLimits limits) {
        return new HttpConnections(limits);
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
        watch.shutdownNow();
        busy.forEach(HttpConnection::close);
        synchronized (idle) {
            idle.values().forEach(all -> all.forEach(each -> each.connection.close()));
            idle.clear();
        }
    }

    void giveBack(HttpConnection connection, boolean reusable) {
        connection.deadline().end();
        busy.remove(connection);
        if (!reusable || watch.isShutdown()) {
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

    private void closeStalled() {
        long now = System.nanoTime();
        for (HttpConnection connection : busy) {
            if (connection.deadline().passed(now)) {
                connection.close();
            }
        }
    }

    private record Idle(HttpConnection connection, long since) {}
}

package io.crois.testkit.container;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A service that takes every call and answers none. */
final class BlackHole implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<Socket> calls = new CopyOnWriteArrayList<>();
    private final CountDownLatch called = new CountDownLatch(1);

    BlackHole() throws IOException {
        Thread thread = new Thread(this::take, "black-hole");
        thread.setDaemon(true);
        thread.start();
    }

    private void take() {
        try {
            while (!server.isClosed()) {
                calls.add(server.accept());
                called.countDown();
            }
        } catch (IOException closed) {
            called.countDown();
        }
    }

    String address() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    void awaitCall() throws InterruptedException {
        if (!called.await(2, TimeUnit.MINUTES)) {
            throw new AssertionError("Nobody has called.");
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket call : calls) {
            call.close();
        }
    }
}

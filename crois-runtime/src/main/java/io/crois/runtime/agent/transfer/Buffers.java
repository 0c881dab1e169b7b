package io.crois.runtime.agent.transfer;

/** One buffer a thread. */
final class Buffers {
    private static final int BYTES = 64 * 1024;
    private static final ThreadLocal<byte[]> MINE = ThreadLocal.withInitial(() -> new byte[BYTES]);

    private Buffers() {}

    static byte[] mine() {
        return MINE.get();
    }
}

package io.crois.runtime.agent.transfer;

import io.crois.runtime.agent.aws.ObjectSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Some bytes of a file. */
record FileRegion(Path file, long from, long length) implements ObjectSource {

    @Override
    public InputStream open() throws IOException {
        return new RegionInput(FileChannel.open(file, StandardOpenOption.READ), from, length);
    }

    /** Reads at its own place, so that many can read one file at once. */
    private static final class RegionInput extends InputStream {
        private final FileChannel channel;
        private long at;
        private long left;

        RegionInput(FileChannel channel, long from, long length) {
            this.channel = channel;
            this.at = from;
            this.left = length;
        }

        @Override
        public int read() throws IOException {
            byte[] single = new byte[1];
            return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int wanted = (int) Math.min(length, left);
            int read = channel.read(ByteBuffer.wrap(bytes, offset, wanted), at);
            if (read > 0) {
                at += read;
                left -= read;
            }
            return read;
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}

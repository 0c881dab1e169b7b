package io.crois.runtime.agent.transfer;

import io.crois.runtime.agent.aws.ObjectContent;
import io.crois.runtime.agent.aws.ObjectStore;
import io.crois.runtime.agent.aws.Retries;
import io.crois.runtime.agent.aws.ServiceFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** Fetches one file. */
final class Download {
    /** How often a file is fetched whose bytes came whole but were not right. */
    private static final int ROUNDS = 3;

    private final ObjectStore objects;
    private final Retries retries;
    private final Transfers.Fetch file;
    private final Batch batch;

    Download(ObjectStore objects, Retries retries, Transfers.Fetch file, Batch batch) {
        this.objects = objects;
        this.retries = retries;
        this.file = file;
        this.batch = batch;
    }

    /** Fetches it by one call, with the digest made on the way; goes on where a connection broke. */
    boolean whole() {
        return rounds(out -> {
            MessageDigest digest = Digests.sha256();
            long bytes = receive(out, 0, file.bytes(), digest);
            return file.bytes() >= 0 && bytes != file.bytes()
                    ? new Found(bytes, "")
                    : new Found(bytes, HexFormat.of().formatHex(digest.digest()));
        });
    }

    /** Fetches its parts at the same time and makes the digest of the file that they become, behind them. */
    boolean inParts(PartPlan plan) {
        return rounds(out -> {
            List<FutureTask<Long>> parts = new ArrayList<>();
            for (PartPlan.Part part : plan.parts()) {
                parts.add(batch.add(() -> {
                    try {
                        return receive(out, part.from(), part.length(), null);
                    } catch (ServiceFailure e) {
                        throw TransferFailure.of(file.place(), e);
                    } catch (IOException e) {
                        throw Disk.failure(file.place(), file.target(), e);
                    }
                }));
            }
            MessageDigest digest = Digests.sha256();
            for (PartPlan.Part part : plan.parts()) {
                batch.await(parts.get(part.number() - 1));
                FileRegion written = new FileRegion(file.target(), part.from(), part.length());
                try (InputStream in = written.open()) {
                    Digests.update(digest, in);
                }
            }
            return new Found(plan.bytes(), HexFormat.of().formatHex(digest.digest()));
        });
    }

    private record Found(long bytes, String sha256) {}

    private interface Round {
        Found fetch(FileChannel out) throws IOException;
    }

    private boolean rounds(Round round) {
        for (int number = 1; ; number++) {
            Found found = once(round);
            if (found.sha256.equals(file.sha256())) {
                return true;
            }
            if (number == ROUNDS) {
                throw new TransferFailure(TransferFailure.Kind.BROKEN, file.place(), difference(found));
            }
        }
    }

    private Found once(Round round) {
        try (FileChannel out = FileChannel.open(
                file.target(),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            return round.fetch(out);
        } catch (ServiceFailure e) {
            throw TransferFailure.of(file.place(), e);
        } catch (IOException e) {
            throw Disk.failure(file.place(), file.target(), e);
        }
    }

    private String difference(Found found) {
        String object = "Object `" + file.place().key() + "` has ";
        return found.sha256.isEmpty()
                ? object + found.bytes + " bytes, but " + file.bytes() + " were stored."
                : object + "SHA-256 " + found.sha256 + ", but " + file.sha256() + " was stored.";
    }

    /**
     * Writes bytes of the object at their places.
     *
     * @param length how many, or -1 for all
     * @return how many there are; more than were asked for are told, but not fetched
     */
    private long receive(FileChannel out, long from, long length, @Nullable MessageDigest digest) throws IOException {
        Receipt receipt = new Receipt(out, from, length, digest);
        Retries.Tries tries = retries.begin();
        while (!receipt.isComplete()) {
            batch.check();
            try {
                receiveMore(receipt, digest == null);
            } catch (ServiceFailure e) {
                tries.failed(e);
            }
        }
        return receipt.found();
    }

    private void receiveMore(Receipt receipt, boolean part) throws IOException {
        long length = part ? receipt.left() : -1;
        try (ObjectContent content = objects.get(file.place(), receipt.at(), length, receipt.etag())) {
            receipt.begin(content);
            byte[] buffer = Buffers.mine();
            while (!receipt.isComplete()) {
                batch.check();
                int read = content.read(buffer, 0, buffer.length);
                if (read < 0) {
                    throw ServiceFailure.wrong("GetObject", "it has fewer bytes than it tells.");
                }
                receipt.add(ByteBuffer.wrap(buffer, 0, read));
            }
        }
    }
}

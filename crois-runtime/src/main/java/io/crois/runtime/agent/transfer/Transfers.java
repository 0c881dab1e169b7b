package io.crois.runtime.agent.transfer;

import io.crois.runtime.agent.aws.ObjectPlace;
import io.crois.runtime.agent.aws.ObjectStore;
import io.crois.runtime.agent.aws.Retries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Fetches and stores files. Used by one thread; its own threads end when it is closed. */
public final class Transfers implements AutoCloseable {
    private final ObjectStore objects;
    private final Retries retries;
    private final TransferLimits limits;
    private final ExecutorService executor;

    private Transfers(ObjectStore objects, Retries retries, TransferLimits limits) {
        this.objects = objects;
        this.retries = retries;
        this.limits = limits;
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                limits.threads(), limits.threads(), 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "crois-transfer-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        this.executor = pool;
    }

    /** Returns transfers with this store; threads are made when there is something to do. */
    public static Transfers create(ObjectStore objects, Retries retries, TransferLimits limits) {
        return new Transfers(objects, retries, limits);
    }

    /**
     * A file to fetch.
     *
     * @param bytes its size, or -1 where that is not known; it travels as a whole then
     * @param sha256 hex
     * @param target where it goes; its folder is there
     */
    public record Fetch(ObjectPlace place, long bytes, String sha256, Path target) {}

    /** A file to store. */
    public record Store(Path file, ObjectPlace place) {}

    /**
     * What was stored.
     *
     * @param sha256 hex
     */
    public record Stored(long bytes, String sha256) {}

    /**
     * Fetches files; all of them are there with their SHA-256 when this returns.
     *
     * @param stopped asked often; ends the work early
     * @throws TransferFailure if one of them cannot be had; what is at the targets is worth nothing then
     */
    public void fetch(Iterable<Fetch> files, BooleanSupplier stopped) {
        Batch batch = new Batch(executor, stopped);
        try {
            for (Fetch file : files) {
                Download download = new Download(objects, retries, file, batch);
                if (file.bytes() <= limits.partBytes()) {
                    batch.add(download::whole);
                } else {
                    download.inParts(PartPlan.of(file.bytes(), limits));
                }
            }
        } catch (TransferFailure e) {
            batch.fail(e);
        }
        batch.quiesce();
        batch.check();
    }

    /**
     * Stores files.
     *
     * @param kmsKey the ARN of the key to encrypt with, or {@code null} where the bucket's default applies
     * @param owner names who stores; objects of the same owner are replaced, those of others never
     * @return what was stored, in the order of the files
     * @throws TransferFailure if one of them cannot be stored
     */
    public List<Stored> store(List<Store> files, @Nullable String kmsKey, Owner owner) {
        Batch batch = new Batch(executor, () -> false);
        List<FutureTask<Stored>> stored = new ArrayList<>();
        try {
            for (Store file : files) {
                stored.add(store(file, new Claim(objects, retries, kmsKey, owner), batch));
            }
        } catch (TransferFailure e) {
            batch.fail(e);
        }
        batch.quiesce();
        batch.check();
        return stored.stream().map(batch::await).toList();
    }

    private FutureTask<Stored> store(Store file, Claim claim, Batch batch) {
        long bytes = size(file);
        if (bytes <= limits.partBytes()) {
            Upload upload = new Upload(objects, retries, file, claim);
            return batch.add(() -> upload.store(bytes));
        }
        Stored stored = new PartedUpload(objects, retries, file, claim, batch).store(PartPlan.of(bytes, limits));
        FutureTask<Stored> done = new FutureTask<>(() -> stored);
        done.run();
        return done;
    }

    private long size(Store file) {
        long bytes;
        try {
            bytes = Files.size(file.file());
        } catch (IOException e) {
            throw Disk.failure(file.place(), file.file(), e);
        }
        if (bytes <= limits.objectBytes()) {
            return bytes;
        }
        throw new TransferFailure(
                TransferFailure.Kind.LOCAL,
                file.place(),
                "Object `" + file.place().key() + "` would have " + bytes + " bytes, but Amazon S3 takes at most "
                        + limits.objectBytes() + "; write it as several files.");
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}

package io.crois.runtime.agent.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crois.runtime.agent.aws.FaultyS3.Fault;
import io.crois.runtime.agent.http.HttpConnections;
import io.crois.runtime.agent.http.HttpLimits;
import io.crois.runtime.agent.transfer.Owner;
import io.crois.runtime.agent.transfer.TransferFailure;
import io.crois.runtime.agent.transfer.TransferLimits;
import io.crois.runtime.agent.transfer.Transfers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever the network does: a transfer is complete and right, or it fails and says which object it is about. The
 * number of random sequences is {@code -Dcrois.faults=<n>}.
 */
final class TransferFaultsTest {
    private static final int SEQUENCES = Integer.getInteger("crois.faults", 1_000);
    private static final int PART = 1_000;
    private static final TransferLimits LIMITS = new TransferLimits(PART, 10, 1_000_000, 4);
    private static final Owner ME = Owner.of("me");

    private static FaultyS3 server;
    private static HttpConnections patient;
    private static HttpConnections impatient;

    @TempDir
    private Path folder;

    private final Retries retries =
            new Retries(6, Duration.ofMillis(1), Duration.ofMillis(1), time -> {}, new Random(7));
    private ObjectStore store;
    private int renewals;

    @BeforeAll
    static void start() throws IOException {
        server = FaultyS3.start();
        patient = connections(Duration.ofMinutes(1));
        impatient = connections(Duration.ofMillis(150));
    }

    private static HttpConnections connections(Duration stall) {
        return HttpConnections.create(new HttpLimits(Duration.ofMinutes(1), stall, 1_000_000));
    }

    @AfterAll
    static void stop() throws IOException {
        patient.close();
        impatient.close();
        server.close();
    }

    @BeforeEach
    void prepare() {
        server.objects.clear();
        server.uploads.clear();
        server.faults((request, time) -> Fault.NONE);
        store = store(patient);
    }

    private ObjectStore store(HttpConnections http) {
        Map<String, String> environment = Map.of(
                "AWS_REGION", "us-east-1",
                "AWS_ACCESS_KEY_ID", "id",
                "AWS_SECRET_ACCESS_KEY", "secret",
                "AWS_ENDPOINT_URL_S3", server.endpoint().toString());
        Credentials credentials = new Credentials(
                () -> {
                    renewals++;
                    return new CredentialSource.Timed(Identity.of("id", "secret", null), null);
                },
                Clock.systemUTC());
        return new HttpObjectStore(http, new AwsSettings("us-east-1", environment, credentials), Clock.systemUTC());
    }

    /** Only who waits for what never comes has to give up: all others get their answer, however slow the machine is. */
    private void expect(Fault fault) {
        store = store(fault == Fault.HANGS ? impatient : patient);
    }

    @Test
    void no_sequence_of_faults_leaves_a_wrong_file_without_a_word() throws IOException {
        int stored = 0;
        int fetched = 0;
        int refused = 0;
        expect(Fault.HANGS);
        for (int seed = 0; seed < SEQUENCES; seed++) {
            Sequence sequence = new Sequence(seed);
            if (sequence.stores()) {
                stored++;
            } else {
                refused++;
            }
            if (sequence.fetches()) {
                fetched++;
            } else {
                refused++;
            }
        }
        assertThat(stored).isGreaterThan(SEQUENCES / 3);
        assertThat(fetched).isGreaterThan(SEQUENCES / 3);
        assertThat(refused).isGreaterThan(SEQUENCES / 20);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"REDIRECTED", "NONE"},
            mode = EnumSource.Mode.EXCLUDE)
    void one_fault_of_each_kind_at_every_call_is_got_over(Fault fault) throws IOException {
        expect(fault);
        server.faults((request, time) -> time == 0 ? fault : Fault.NONE);

        assertRoundTrip();
        if (fault == Fault.EXPIRED) {
            assertThat(renewals).isGreaterThan(1);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"NONE", "FORGOTTEN"},
            mode = EnumSource.Mode.EXCLUDE)
    void a_fault_that_does_not_end_is_told_with_the_object(Fault fault) throws IOException {
        List<Transfers.Store> files = List.of(file("large", 3 * PART), file("small", 10));
        expect(fault);
        boolean harmless = fault == Fault.SHORTENED;
        server.faults((request, time) -> harmless ? Fault.NONE : fault);

        try (Transfers transfers = transfers()) {
            if (!harmless) {
                assertThatThrownBy(() -> transfers.store(files, null, ME))
                        .isInstanceOf(TransferFailure.class)
                        .hasMessageMatching("(?s).*`(large|small)`.*");
            }
            server.faults((request, time) -> Fault.NONE);
            server.objects.clear();
            List<Transfers.Stored> stored = transfers.store(files, null, ME);
            server.faults((request, time) -> fault);
            assertThatThrownBy(() -> transfers.fetch(fetches(files, stored), () -> false))
                    .isInstanceOf(TransferFailure.class)
                    .hasMessageMatching("(?s).*`(large|small)`.*");
        }
    }

    @Test
    void an_upload_that_fails_leaves_no_parts_behind() throws IOException {
        server.faults((request, time) -> request.startsWith("PUT large 3") ? Fault.SLOW_DOWN : Fault.NONE);

        try (Transfers transfers = transfers()) {
            List<Transfers.Store> files = List.of(file("large", 5 * PART));
            assertThatThrownBy(() -> transfers.store(files, null, ME))
                    .hasMessage("Object `large`: UploadPart was answered with 503 SlowDown: Made up.");
        }

        assertThat(server.uploads).isEmpty();
        assertThat(server.objects).isEmpty();
    }

    @Test
    void an_object_that_somebody_else_stored_is_never_replaced() throws IOException {
        FaultyS3.Stored other = new FaultyS3.Stored("other".getBytes(UTF_8), "\"e\"", "other.1", null);
        server.objects.put("small", other);
        server.objects.put("large", other);

        for (String name : List.of("small", "large")) {
            try (Transfers transfers = transfers()) {
                List<Transfers.Store> files = List.of(file(name, name.equals("large") ? 2 * PART : 5));
                assertThatThrownBy(() -> transfers.store(files, null, ME))
                        .hasMessageStartingWith("Object `" + name + "`: ")
                        .hasMessageContaining("412 PreconditionFailed");
            }
        }

        assertThat(server.objects).containsEntry("small", other).containsEntry("large", other);
    }

    @Test
    void what_an_earlier_run_of_the_same_attempt_stored_is_replaced() throws IOException {
        FaultyS3.Stored earlier = new FaultyS3.Stored("half".getBytes(UTF_8), "\"e\"", ME.name() + ".1", null);
        server.objects.put("small", earlier);
        server.objects.put("large", earlier);

        assertRoundTrip();
    }

    @Test
    void every_object_is_made_with_the_key_also_one_in_parts() throws IOException {
        try (Transfers transfers = transfers()) {
            transfers.store(List.of(file("large", 2 * PART), file("small", 5)), "arn:aws:kms:r:1:key/k", ME);
        }

        assertThat(server.objects.values())
                .hasSize(2)
                .extracting(FaultyS3.Stored::kmsKey)
                .containsOnly("arn:aws:kms:r:1:key/k");
    }

    private void assertRoundTrip() throws IOException {
        List<Transfers.Store> files = List.of(file("large", 4 * PART + 1), file("small", 10), file("empty", 0));
        try (Transfers transfers = transfers()) {
            List<Transfers.Stored> stored = transfers.store(files, null, ME);
            List<Transfers.Fetch> fetches = fetches(files, stored);
            transfers.fetch(fetches, () -> false);
            for (int i = 0; i < files.size(); i++) {
                assertThat(fetches.get(i).target())
                        .hasSameBinaryContentAs(files.get(i).file());
                assertThat(server.objects.get(files.get(i).place().key()).bytes())
                        .isEqualTo(Files.readAllBytes(files.get(i).file()));
            }
        }
    }

    private Transfers transfers() {
        return Transfers.create(store, retries, LIMITS);
    }

    private Transfers.Store file(String name, int bytes) throws IOException {
        Path file = folder.resolve(name);
        byte[] content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        Files.write(file, content);
        return new Transfers.Store(file, new ObjectPlace("bucket", name));
    }

    private List<Transfers.Fetch> fetches(List<Transfers.Store> files, List<Transfers.Stored> stored) {
        List<Transfers.Fetch> fetches = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            Transfers.Store file = files.get(i);
            Path target = folder.resolve("fetched-" + file.file().getFileName());
            Transfers.Stored each = stored.get(i);
            fetches.add(new Transfers.Fetch(file.place(), each.bytes(), each.sha256(), target));
        }
        return fetches;
    }

    /**
     * Some files, and a fault for each request, both of which a seed says. Its keys are its own: what was given up is
     * perhaps done later all the same.
     */
    private final class Sequence {
        private static final int[] RATES = {10, 40, 75};
        private final int seed;
        private final int rate;
        private final List<Transfers.Store> files = new ArrayList<>();

        Sequence(int seed) throws IOException {
            this.seed = seed;
            Random random = new Random(seed);
            this.rate = RATES[random.nextInt(RATES.length)];
            for (int number = 1 + random.nextInt(3); number > 0; number--) {
                Transfers.Store file = file("file-" + number, random.nextInt(random.nextBoolean() ? PART : 5 * PART));
                files.add(new Transfers.Store(file.file(), new ObjectPlace("bucket", "file-" + number + "-" + seed)));
            }
            server.objects.clear();
            server.uploads.clear();
        }

        private Fault fault(String request, int time, int phase) {
            Random random = new Random(31L * (31L * request.hashCode() + time) + 1_000_003L * seed + phase);
            random.nextInt();
            if (random.nextInt(100) >= rate) {
                return Fault.NONE;
            }
            Fault[] all = Fault.values();
            Fault fault = all[random.nextInt(all.length)];
            // These cost time, or end the transfer at once.
            boolean rare = fault == Fault.HANGS || fault == Fault.REDIRECTED;
            return rare && random.nextInt(20) > 0 ? Fault.SLOW_DOWN : fault;
        }

        boolean stores() throws IOException {
            server.faults((request, time) -> fault(request, time, 1));
            boolean done = succeeds(transfers -> {
                List<Transfers.Stored> stored = transfers.store(files, null, ME);
                for (int i = 0; i < files.size(); i++) {
                    byte[] content = Files.readAllBytes(files.get(i).file());
                    assertThat(stored.get(i)).as("seed %d", seed).isEqualTo(right(content));
                    assertThat(server.objects)
                            .as("seed %d", seed)
                            .containsKey(files.get(i).place().key());
                }
            });
            for (Transfers.Store file : files) {
                FaultyS3.Stored object = server.objects.get(file.place().key());
                if (object != null) {
                    assertThat(object.bytes()).as("seed %d", seed).isEqualTo(Files.readAllBytes(file.file()));
                }
            }
            return done;
        }

        boolean fetches() throws IOException {
            List<Transfers.Stored> stored = new ArrayList<>();
            for (Transfers.Store file : files) {
                byte[] content = Files.readAllBytes(file.file());
                stored.add(right(content));
                server.objects.put(file.place().key(), new FaultyS3.Stored(content, "\"x\"", null, null));
            }
            List<Transfers.Fetch> fetches = TransferFaultsTest.this.fetches(files, stored);
            server.faults((request, time) -> fault(request, time, 2));
            return succeeds(transfers -> {
                transfers.fetch(fetches, () -> false);
                for (int i = 0; i < files.size(); i++) {
                    assertThat(fetches.get(i).target())
                            .as("seed %d", seed)
                            .hasSameBinaryContentAs(files.get(i).file());
                }
            });
        }

        private boolean succeeds(Work work) throws IOException {
            try (Transfers transfers = transfers()) {
                work.with(transfers);
                return true;
            } catch (TransferFailure e) {
                assertThat(e.place()).as("seed %d: %s", seed, e.getMessage()).isNotNull();
                assertThat(e).as("seed %d", seed).hasMessageContaining(e.place().key());
                return false;
            }
        }

        private Transfers.Stored right(byte[] content) {
            byte[] sha256 = Base64.getDecoder().decode(FaultyS3.sha256(content));
            return new Transfers.Stored(content.length, HexFormat.of().formatHex(sha256));
        }
    }

    private interface Work {
        void with(Transfers transfers) throws IOException;
    }
}

package io.crois.benchmarks.transfer;

import io.crois.contract.Json;
import io.crois.contract.Manifest;
import io.crois.contract.PlatformSettings;
import io.crois.runtime.agent.aws.AgentServices;
import io.crois.runtime.agent.aws.ObjectPlace;
import io.crois.runtime.agent.aws.Retries;
import io.crois.runtime.agent.transfer.Owner;
import io.crois.runtime.agent.transfer.TransferLimits;
import io.crois.runtime.agent.transfer.Transfers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Moves a folder as the agent does, with the digest of every file and a manifest: {@code up <folder> <bucket> <prefix>}
 * or {@code down <bucket> <prefix> <folder>}. What the manifest's SHA-256 is, which the agent finds in its order, is
 * kept in {@code <folder>.sha256} and looked for there.
 */
public final class TransferProgram {
    private final Transfers transfers;

    private TransferProgram(Transfers transfers) {
        this.transfers = transfers;
    }

    public static void main(String[] arguments) throws IOException {
        AgentServices services =
                AgentServices.overHttp(System.getenv(), PlatformSettings.defaults(), Clock.systemUTC());
        try (Transfers transfers =
                Transfers.create(services.objects(), Retries.defaults(), TransferLimits.defaults())) {
            TransferProgram program = new TransferProgram(transfers);
            if (arguments[0].equals("up")) {
                program.up(Path.of(arguments[1]), arguments[2], arguments[3]);
            } else {
                program.down(arguments[1], arguments[2], Path.of(arguments[3]));
            }
        }
        System.exit(0);
    }

    private void up(Path folder, String bucket, String prefix) throws IOException {
        Owner owner = new Owner(UUID.randomUUID().toString().replace("-", ""));
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.filter(Files::isRegularFile).sorted().toList();
        }
        List<Transfers.Store> stores = files.stream()
                .map(file -> new Transfers.Store(file, new ObjectPlace(bucket, prefix + "/" + folder.relativize(file))))
                .toList();
        List<Transfers.Stored> stored = transfers.store(stores, null, owner);
        List<Manifest.Entry> entries = new ArrayList<>();
        for (int i = 0; i < stored.size(); i++) {
            Path file = files.get(i);
            Transfers.Stored each = stored.get(i);
            entries.add(new Manifest.Entry(
                    folder.relativize(file).toString(), each.bytes(), each.sha256(), Files.isExecutable(file)));
        }
        Path manifest = Path.of(folder + ".manifest.json");
        Json.mapper().writeValue(manifest.toFile(), new Manifest(entries, List.of()));
        ObjectPlace place = new ObjectPlace(bucket, Manifest.keyOf(prefix));
        String sha256 = transfers
                .store(List.of(new Transfers.Store(manifest, place)), null, owner)
                .get(0)
                .sha256();
        Files.writeString(Path.of(folder + ".sha256"), sha256);
    }

    private void down(String bucket, String prefix, Path folder) throws IOException {
        String sha256 = Files.readString(Path.of(folder + ".sha256"));
        Path manifest = Path.of(folder + ".manifest.json");
        ObjectPlace place = new ObjectPlace(bucket, Manifest.keyOf(prefix));
        transfers.fetch(List.of(new Transfers.Fetch(place, -1, sha256, manifest)), () -> false);
        List<Transfers.Fetch> fetches = new ArrayList<>();
        for (Manifest.Entry entry :
                Json.read(Files.readString(manifest), Manifest.class).entries()) {
            Path target = folder.resolve(entry.path());
            Files.createDirectories(target.getParent());
            ObjectPlace object = new ObjectPlace(bucket, prefix + "/" + entry.path());
            fetches.add(new Transfers.Fetch(object, entry.bytes(), entry.sha256(), target));
        }
        transfers.fetch(fetches, () -> false);
    }
}

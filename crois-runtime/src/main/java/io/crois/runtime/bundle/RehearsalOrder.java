package io.crois.runtime.bundle;

import io.crois.contract.ItemKey;
import io.crois.contract.Json;
import io.crois.contract.Manifest;
import io.crois.contract.OrderLocation;
import io.crois.contract.ResultProduct;
import io.crois.contract.Run;
import io.crois.contract.SecretUse;
import io.crois.contract.StoredArtifact;
import io.crois.contract.TaskOrder;
import io.crois.workflow.ArtifactKind;
import io.crois.workflow.ValueType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * The order that the agent carries out in its rehearsal: one of everything, so that all of it is in the archive: a file
 * that travels in parts, a folder of small ones, secrets, an event, a result.
 */
final class RehearsalOrder {
    static final String CONTENT = "rehearsed";

    /** More than travels in one part. */
    static final int LARGE_BYTES = 17 * 1024 * 1024;

    static final String LARGE = "rehearsal/large";

    static final String CREDENTIALS = """
            {"AccessKeyId": "AKIDEXAMPLE", "SecretAccessKey": "rehearsal", "Token": "rehearsal",
             "Expiration": "2999-01-01T00:00:00Z"}""";

    private static final int FILES = 20;
    private static final Run RUN = Run.of("rehearsal", "run");
    private static final ItemKey KEY = ItemKey.order(RUN, "step", 1);
    static final OrderLocation LOCATION = new OrderLocation("crois", KEY);
    private static final String BUCKET = "crois";
    private static final String FOLDER = "rehearsal/folder/";
    static final String MANIFEST = Manifest.keyOf(FOLDER);

    private RehearsalOrder() {}

    /** Returns the item of the table that holds the order. */
    static String item() {
        Map<String, Object> item = Map.of(
                "pk", Map.of("S", KEY.pk()), "sk", Map.of("S", KEY.sk()), "body", Map.of("S", Json.write(order())));
        return Json.write(Map.of("Item", item));
    }

    /** Returns the manifest of the folder that is fetched. */
    static String manifest() {
        List<Manifest.Entry> entries = new ArrayList<>();
        for (int i = 0; i < FILES; i++) {
            entries.add(new Manifest.Entry("files/" + i, CONTENT.length(), sha256(bytes(CONTENT)), false));
        }
        return Json.write(new Manifest(entries, List.of("empty")));
    }

    private static TaskOrder order() {
        return new TaskOrder(
                RUN,
                "workflow",
                "step",
                1,
                List.of(
                        "sh",
                        "-c",
                        "cp \"$CROIS_INPUTS/large\" \"$CROIS_OUTPUTS/file\";"
                                + " cp -r \"$CROIS_INPUTS/folder\" \"$CROIS_OUTPUTS/folder\";"
                                + " echo '{\"type\": \"message\", \"message\": \"rehearsed\"}' >> \"$CROIS_EVENTS\";"
                                + " echo '{\"result\": 1.5}' > \"$CROIS_RESULTS\"; echo rehearsed"),
                Map.of("REHEARSAL", "yes"),
                null,
                Map.of("parameter", Json.tree(1)),
                List.of(
                        input("large", ArtifactKind.FILE, LARGE, LARGE_BYTES, 1, sha256(new byte[LARGE_BYTES])),
                        input("folder", ArtifactKind.FOLDER, FOLDER, FILES, FILES, sha256(bytes(manifest())))),
                List.of(
                        new TaskOrder.Output("file", ArtifactKind.FILE, false, BUCKET, "rehearsal/file"),
                        new TaskOrder.Output("folder", ArtifactKind.FOLDER, false, BUCKET, "rehearsal/output/")),
                List.of(new ResultProduct("result", ValueType.NUMBER)),
                List.of(new SecretUse("SECRET", null, "secret"), new SecretUse(null, "file", "secret")),
                60,
                "arn:aws:kms:us-east-1:111122223333:key/rehearsal");
    }

    private static TaskOrder.Input input(
            String name, ArtifactKind kind, String key, long bytes, long files, String sha256) {
        return new TaskOrder.Input(name, new StoredArtifact(name, kind, BUCKET, key, bytes, files, sha256, false));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime offers SHA-256.", e);
        }
    }
}

package io.crois.runtime.bundle;

import io.crois.contract.ItemKey;
import io.crois.contract.Json;
import io.crois.contract.OrderLocation;
import io.crois.contract.Run;
import io.crois.contract.SecretUse;
import io.crois.contract.StoredArtifact;
import io.crois.contract.TaskOrder;
import io.crois.workflow.ArtifactKind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** The order that the agent carries out in its rehearsal: one of everything, so that all of it is in the archive. */
final class RehearsalOrder {
    static final String CONTENT = "rehearsed";

    static final String CREDENTIALS = """
            {"AccessKeyId": "AKIDEXAMPLE", "SecretAccessKey": "rehearsal", "Token": "rehearsal",
             "Expiration": "2999-01-01T00:00:00Z"}""";

    private static final Run RUN = Run.of("rehearsal", "run");
    private static final ItemKey KEY = ItemKey.order(RUN, "step", 1);
    static final OrderLocation LOCATION = new OrderLocation("crois", KEY);
    private static final String BUCKET = "crois";

    private RehearsalOrder() {}

    /** Returns the item of the table that holds the order. */
    static String item() {
        Map<String, Object> item = Map.of(
                "pk", Map.of("S", KEY.pk()), "sk", Map.of("S", KEY.sk()), "body", Map.of("S", Json.write(order())));
        return Json.write(Map.of("Item", item));
    }

    private static TaskOrder order() {
        StoredArtifact input = new StoredArtifact(
                "input", ArtifactKind.FILE, BUCKET, "rehearsal/input", CONTENT.length(), 1, sha256(), false);
        return new TaskOrder(
                RUN,
                "workflow",
                "step",
                1,
                List.of(
                        "sh",
                        "-c",
                        "cp \"$CROIS_INPUTS/input\" \"$CROIS_OUTPUTS/file\"; mkdir \"$CROIS_OUTPUTS/folder\";"
                                + " cp \"$CROIS_INPUTS/input\" \"$CROIS_OUTPUTS/folder\";"
                                + " echo '{\"type\": \"message\", \"message\": \"rehearsed\"}' >> \"$CROIS_EVENTS\";"
                                + " echo rehearsed"),
                Map.of("REHEARSAL", "yes"),
                null,
                Map.of("parameter", Json.tree(1)),
                List.of(new TaskOrder.Input("input", input)),
                List.of(
                        new TaskOrder.Output("file", ArtifactKind.FILE, false, BUCKET, "rehearsal/file"),
                        new TaskOrder.Output("folder", ArtifactKind.FOLDER, false, BUCKET, "rehearsal/folder/")),
                List.of(),
                List.of(new SecretUse("SECRET", null, "secret")),
                60,
                "arn:aws:kms:us-east-1:111122223333:key/rehearsal");
    }

    private static String sha256() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(CONTENT.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime offers SHA-256.", e);
        }
    }
}

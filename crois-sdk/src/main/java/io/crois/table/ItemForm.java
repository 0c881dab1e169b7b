package io.crois.table;

import io.crois.contract.ItemKey;
import io.crois.contract.ProjectNames;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;

/** How items of the table are laid out, for those who write them without the AWS SDK. */
public final class ItemForm {
    static final Duration EVENT_LIFE = Duration.ofDays(30);
    private static final int LIMIT_BYTES = 300 * 1024;

    private ItemForm() {}

    /** Returns whether a body stands in the item itself; else it is an object, under {@link #overflowKey}. */
    public static boolean fits(byte[] body) {
        return body.length <= LIMIT_BYTES;
    }

    /** Returns the key of the object that holds the body of an item; it ends in the body's SHA-256. */
    public static String overflowKey(ItemKey key, byte[] body) {
        int end = key.pk().indexOf('#');
        String project = key.pk().substring(0, end);
        String execution = key.pk().substring(end + 1);
        String control = new ProjectNames(project).controlObjects();
        return (execution.startsWith("#") ? control : control + execution + "/") + "overflow/" + sha256(body);
    }

    /** Returns when an event that is written now is deleted: 30 days later. */
    public static Instant endOfEvent(Instant written) {
        return written.plus(EVENT_LIFE);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime offers SHA-256.", e);
        }
    }
}

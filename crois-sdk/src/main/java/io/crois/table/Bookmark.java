package io.crois.table;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.crois.contract.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How far somebody has read a project's feed, so that he can go on after a restart.
 *
 * <p>Everything before a time has been told; of what stands at or after it, the latest that has been told is kept by
 * name. An event is left out only if it was told; in a burst some may be told again. Not thread-safe.
 */
public final class Bookmark {
    private static final int VERSION = 1;
    private static final int MOST_NAMES = 500;

    private final String project;
    private final Map<String, Instant> told = new LinkedHashMap<>();
    private final Set<String> toldEarlier;
    private Instant from;

    private Bookmark(String project, Instant from, Set<String> toldEarlier) {
        this.project = project;
        this.from = from;
        this.toldEarlier = toldEarlier;
    }

    /** The text form, before it is encoded. */
    private record Text(@JsonProperty("v") int version, String project, Instant from, List<String> told) {}

    /** Returns the bookmark of somebody who wants all events that are written at {@code from} or later. */
    public static Bookmark at(String project, Instant from) {
        return new Bookmark(project, from, new HashSet<>());
    }

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException if the text is no bookmark of that project
     */
    public static Bookmark parse(String text, String project) {
        Text read;
        try {
            read = Json.read(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8), Text.class);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "This is not a token of a subscription: pass the text of an earlier one as it was.", e);
        }
        if (read.version != VERSION || !project.equals(read.project) || read.from == null) {
            throw new IllegalArgumentException("The token is of project `" + read.project + "`, version " + read.version
                    + "; expected one of project `" + project + "`, version " + VERSION + ".");
        }
        return new Bookmark(project, read.from, new HashSet<>(read.told == null ? List.of() : read.told));
    }

    /** Returns the time before which everything has been told. */
    public Instant from() {
        return from;
    }

    /** Returns whether an event has been told. */
    public boolean isTold(FeedEntry entry) {
        return told.containsKey(entry.event().id())
                || toldEarlier.contains(name(entry.event().id()));
    }

    /** Notes that an event has been told. */
    public void tell(FeedEntry entry) {
        told.put(entry.event().id(), entry.writtenAt());
    }

    /** Notes that everything before a time has been told; an earlier time changes nothing. */
    public void settle(Instant time) {
        if (time.isAfter(from)) {
            from = time;
            told.values().removeIf(at -> at.isBefore(time));
        }
    }

    /** Returns the text form: printable, at most 12 KiB, of no meaning to others. */
    public String text() {
        List<String> names = new ArrayList<>(toldEarlier);
        told.keySet().forEach(id -> names.add(name(id)));
        List<String> latest = names.subList(Math.max(0, names.size() - MOST_NAMES), names.size());
        String json = Json.write(new Text(VERSION, project, from, latest));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String name(String id) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime offers SHA-256.", e);
        }
    }
}

package io.crois.testkit.aws.internal.secrets;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A secret with its versions; guarded by the store. */
public final class Secret {

    /** The stage of the version that readers get. */
    public static final String CURRENT = "AWSCURRENT";

    private static final String PREVIOUS = "AWSPREVIOUS";
    private static final int MAX_VERSIONS = 100;

    private final Map<String, Version> versions = new LinkedHashMap<>();
    private final Map<String, String> versionOfStage = new TreeMap<>();
    private final Map<String, String> tags = new TreeMap<>();
    private final String name;
    private final String arn;
    private final Instant created;
    private Instant changed;
    private @Nullable String description;
    private @Nullable String kmsKey;
    private @Nullable String resourcePolicy;
    private @Nullable Instant deleted;
    private @Nullable Instant gone;

    /** One value that the secret had at some time. */
    public record Version(String id, SecretText value, Instant created) {}

    Secret(String name, String arn, Instant created) {
        this.name = name;
        this.arn = arn;
        this.created = created;
        this.changed = created;
    }

    /**
     * Adds a version and moves stages to it; the version that was current becomes the previous one. The same version
     * again changes nothing.
     */
    void add(Version version, Collection<String> stages) {
        Version earlier = versions.putIfAbsent(version.id(), version);
        if (earlier != null) {
            if (!earlier.value().equals(version.value())) {
                throw SecretRefusal.exists("You can't use ClientRequestToken " + version.id()
                        + " because that value is already in use for a version of secret " + arn + ".");
            }
            return;
        }
        changed = version.created();
        stages.forEach(stage -> move(stage, version.id()));
        forgetOldest();
    }

    private void move(String stage, String id) {
        String from = versionOfStage.put(stage, id);
        if (stage.equals(CURRENT) && from != null) {
            versionOfStage.put(PREVIOUS, from);
        }
    }

    private void forgetOldest() {
        List<String> deprecated = versions.keySet().stream()
                .filter(version -> !versionOfStage.containsValue(version))
                .toList();
        int surplus = versions.size() - MAX_VERSIONS;
        deprecated.stream().limit(Math.max(0, surplus)).forEach(versions::remove);
    }

    /** Returns who besides the account's own principals may do something with it. */
    public @Nullable String resourcePolicy() {
        return resourcePolicy;
    }

    /** Sets the policy, or takes it away; it is the caller's part to have checked it. */
    public void resourcePolicy(@Nullable String document) {
        resourcePolicy = document;
    }

    /** Returns the version of a stage; {@code null} when there is none. */
    public @Nullable String idOf(String stage) {
        return versionOfStage.get(stage);
    }

    /** Returns the version of this id and stage; either may be missing, both mean the current one. */
    public Version version(@Nullable String id, @Nullable String stage) {
        String wanted = stage == null && id == null ? CURRENT : stage;
        String found = wanted == null ? id : versionOfStage.get(wanted);
        Version version = found == null ? null : versions.get(found);
        if (version == null) {
            throw SecretRefusal.notFound("Secrets Manager can't find the specified secret value for "
                    + (wanted == null ? "VersionId: " + id : "staging label: " + wanted));
        }
        if (id != null && !id.equals(found)) {
            throw SecretRefusal.invalidRequest(
                    "You provided a VersionStage that is not associated to the provided VersionId.");
        }
        return version;
    }

    /** Returns the stages of every version, by its id. */
    public Map<String, List<String>> stages() {
        Map<String, List<String>> stages = new TreeMap<>();
        versionOfStage.forEach((stage, id) ->
                stages.computeIfAbsent(id, key -> new ArrayList<>()).add(stage));
        return stages;
    }

    /** Returns the stages of one version, in alphabetical order. */
    public List<String> stages(String version) {
        return stages().getOrDefault(version, List.of());
    }

    /** Returns all versions, the oldest first. */
    public List<Version> versions() {
        return List.copyOf(versions.values());
    }

    void describe(@Nullable String newDescription, @Nullable String newKmsKey, Instant time) {
        description = newDescription == null ? description : newDescription;
        kmsKey = newKmsKey == null ? kmsKey : newKmsKey;
        changed = time;
    }

    void tag(Map<String, String> more) {
        tags.putAll(more);
    }

    void untag(Collection<String> keys) {
        tags.keySet().removeAll(new TreeSet<>(keys));
    }

    void delete(Instant time, Instant goneAt) {
        deleted = time;
        gone = goneAt;
    }

    void restore() {
        deleted = null;
        gone = null;
    }

    boolean isGone(Instant now) {
        return gone != null && !now.isBefore(gone);
    }

    /** Says whether the secret is to be deleted and cannot be used until it is restored. */
    public boolean isMarked() {
        return deleted != null;
    }

    /** Returns when it was marked for deletion. */
    public @Nullable Instant deleted() {
        return deleted;
    }

    /** Returns its name. */
    public String name() {
        return name;
    }

    /** Returns its ARN, which ends with six characters more than its name. */
    public String arn() {
        return arn;
    }

    /** Returns when it was created. */
    public Instant created() {
        return created;
    }

    /** Returns when it was changed last. */
    public Instant changed() {
        return changed;
    }

    /** Returns what it is for. */
    public @Nullable String description() {
        return description;
    }

    /** Returns the key that it was created under; {@code null} is the account's own. */
    public @Nullable String kmsKey() {
        return kmsKey;
    }

    /** Returns its tags. */
    public Map<String, String> tags() {
        return Map.copyOf(tags);
    }
}

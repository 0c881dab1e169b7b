package io.crois.project;

import io.crois.project.PlannedChange.Action;
import io.crois.project.Step.Stage;
import io.crois.workflow.CroisException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.ConflictException;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeyState;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.KmsInvalidStateException;
import software.amazon.awssdk.services.kms.model.ListAliasesResponse;
import software.amazon.awssdk.services.kms.model.ListKeysResponse;
import software.amazon.awssdk.services.kms.model.ListResourceTagsResponse;
import software.amazon.awssdk.services.kms.model.Tag;

/**
 * The key of a project. Its alias says which key it is; a key with the project's tags and without an alias was left by
 * a provisioner that died or that another one overtook, and is taken or deleted.
 */
final class ProjectKey {
    private static final String KEY = "AWS::KMS::Key";
    private static final String ALIAS = "AWS::KMS::Alias";
    private static final int SHORTEST_WAIT_DAYS = 7;
    private static final Duration VISIBLE_SOON = Duration.ofSeconds(2);
    private static final int LOOKS = 5;
    /** The most that a page of ListKeys takes. */
    private static final int MOST_KEYS = 1_000;

    private final Site site;
    private final KmsClient kms;
    private final Calls calls;
    private final String alias;

    ProjectKey(Site site) {
        this.site = site;
        this.kms = site.clients.kms();
        this.calls = site.calls;
        this.alias = site.names.keyAlias();
    }

    private record State(
            KeyMetadata metadata,
            String policy,
            Map<String, String> tags,
            boolean rotated,
            @Nullable Integer days) {}

    /** Returns what must change, and tells the site which key it is. */
    List<Step> steps() {
        Optional<KeyMetadata> found = aliased();
        return found.map(this::changes).orElseGet(this::creation);
    }

    /** Returns the key that the alias names. */
    Optional<KeyMetadata> aliased() {
        Optional<KeyMetadata> found = calls.find("kms:DescribeKey", () -> kms.describeKey(key -> key.keyId(alias)))
                .map(answer -> answer.keyMetadata());
        found.ifPresent(key -> site.keyIs(key.arn()));
        return found;
    }

    private List<Step> creation() {
        return List.of(
                step(Action.CREATE, KEY, Stage.KEY, "a symmetric key that nobody may use yet", this::create),
                step(Action.CREATE, ALIAS, Stage.KEY, "names the key", () -> {}),
                rotation(),
                policy());
    }

    private Step step(Action action, String resource, Stage stage, String detail, Runnable work) {
        return new Step(new PlannedChange(action, resource, alias, detail), stage, work);
    }

    private List<Step> changes(KeyMetadata key) {
        State state = read(key);
        site.refuseForeign("Key `" + alias + "`", state.tags());
        List<Step> steps = new ArrayList<>();
        if (key.keyState() == KeyState.PENDING_DELETION) {
            steps.add(step(Action.UPDATE, KEY, Stage.KEY, "its deletion is taken back", this::revive));
        } else if (key.keyState() == KeyState.DISABLED) {
            steps.add(step(Action.UPDATE, KEY, Stage.KEY, "is enabled again", this::enable));
        }
        Map<String, String> tags = Site.missing(site.tags(), state.tags());
        if (!tags.isEmpty()) {
            boolean adopted = !state.tags().containsKey(AccountPolicies.PROJECT_TAG);
            steps.add(step(
                    adopted ? Action.ADOPT : Action.UPDATE,
                    KEY,
                    Stage.RIGHTS,
                    "tags " + tags.keySet(),
                    () -> calls.write(
                            "kms:TagResource",
                            () -> kms.tagResource(
                                    request -> request.keyId(site.keyArn()).tags(tags(tags))))));
        }
        if (!state.rotated() || (state.days() != null && state.days() != site.project.rotationDays())) {
            steps.add(rotation());
        }
        if (!PolicyText.same(state.policy(), site.policies.key())) {
            steps.add(policy());
        }
        return steps;
    }

    private State read(KeyMetadata key) {
        String policy = calls.read(
                        "kms:GetKeyPolicy",
                        () -> kms.getKeyPolicy(
                                request -> request.keyId(key.arn()).policyName("default")))
                .policy();
        if (key.keyState() == KeyState.PENDING_DELETION) {
            return new State(key, policy, tagsOf(key.arn()), true, null);
        }
        var rotation = calls.read(
                "kms:GetKeyRotationStatus", () -> kms.getKeyRotationStatus(request -> request.keyId(key.arn())));
        return new State(
                key, policy, tagsOf(key.arn()), rotation.keyRotationEnabled(), rotation.rotationPeriodInDays());
    }

    private Step rotation() {
        int days = site.project.rotationDays();
        return step(
                Action.UPDATE,
                KEY,
                Stage.RIGHTS,
                "its material is renewed every " + days + " days",
                () -> calls.write(
                        "kms:EnableKeyRotation",
                        () -> kms.enableKeyRotation(
                                request -> request.keyId(site.keyArn()).rotationPeriodInDays(days))));
    }

    private Step policy() {
        return step(
                Action.UPDATE,
                KEY,
                Stage.KEY_POLICY,
                "policy: used by `" + site.names.taskRole() + "`, by the control plane to write, and by "
                        + site.project.applications().size() + " applications to read results",
                () -> calls.writeSoon(
                        "kms:PutKeyPolicy",
                        () -> kms.putKeyPolicy(request -> request.keyId(site.keyArn())
                                .policyName("default")
                                .policy(site.policies.key().toJson()))));
    }

    /** Renews the material now; a renewal that is under way is the one that an earlier try has begun. */
    void rotate() {
        String arn = aliased()
                .orElseThrow(() -> new CroisException("Project `" + site.project.name() + "` has no key `" + alias
                        + "`. Make the project with Provisioner.apply first."))
                .arn();
        try {
            calls.write("kms:RotateKeyOnDemand", () -> isRotating(arn) ? arn : rotateNow(arn));
        } catch (ConflictException due) {
            // The material is renewed within 20 minutes anyway.
        }
    }

    private boolean isRotating(String arn) {
        return kms.getKeyRotationStatus(request -> request.keyId(arn)).onDemandRotationStartDate() != null;
    }

    private Object rotateNow(String arn) {
        return kms.rotateKeyOnDemand(request -> request.keyId(arn));
    }

    private String keyId() {
        String arn = site.keyArn();
        return arn.substring(arn.lastIndexOf('/') + 1);
    }

    private void enable() {
        calls.write("kms:EnableKey", () -> kms.enableKey(request -> request.keyId(keyId())));
    }

    private void revive() {
        try {
            calls.write("kms:CancelKeyDeletion", () -> kms.cancelKeyDeletion(request -> request.keyId(keyId())));
        } catch (KmsInvalidStateException takenBackByAnEarlierTry) {
            // The next round looks again.
        }
        enable();
    }

    /** Makes a key unless an earlier try has left one, and lets the alias name it. */
    private void create() {
        if (spares().isEmpty()) {
            calls.writeAndGet(
                    "kms:CreateKey",
                    () -> kms.createKey(request -> request.description("Crois project " + site.project.name())
                            .policy(site.policies.newbornKey().toJson())
                            .tags(tags(site.tags()))));
        }
        for (int look = 0; look < LOOKS && !choose(); look++) {
            calls.pause(VISIBLE_SOON);
        }
    }

    /** Lets the alias name the oldest key, unless it names one already, and drops the others; says whether it did. */
    private boolean choose() {
        List<KeyMetadata> candidates = spares();
        Optional<KeyMetadata> winner = aliased();
        if (winner.isPresent()) {
            String arn = winner.get().arn();
            delete(candidates.stream().filter(key -> !key.arn().equals(arn)).toList(), SHORTEST_WAIT_DAYS);
            return true;
        }
        if (candidates.isEmpty()) {
            return false;
        }
        delete(candidates.subList(1, candidates.size()), SHORTEST_WAIT_DAYS);
        name(candidates.get(0));
        return true;
    }

    private void name(KeyMetadata key) {
        boolean taken = calls.create(
                "kms:CreateAlias",
                () -> kms.createAlias(request -> request.aliasName(alias).targetKeyId(key.keyId())));
        Optional<KeyMetadata> winner = aliased();
        if (taken && winner.isPresent() && !winner.get().arn().equals(key.arn())) {
            delete(List.of(key), SHORTEST_WAIT_DAYS);
        }
        site.keyIs(winner.orElse(key).arn());
    }

    /** Returns the keys that have the project's tags and no alias, the oldest first, those under deletion left out. */
    List<KeyMetadata> spares() {
        Set<String> aliased = aliasedKeys();
        return keys().stream()
                .filter(id -> !aliased.contains(id))
                .filter(this::isOwn)
                .flatMap(id ->
                        calls.find("kms:DescribeKey", () -> kms.describeKey(request -> request.keyId(id))).stream())
                .map(answer -> answer.keyMetadata())
                .filter(key -> key.keyState() != KeyState.PENDING_DELETION)
                .sorted(Comparator.comparing(KeyMetadata::creationDate).thenComparing(KeyMetadata::keyId))
                .toList();
    }

    /** A key whose tags may not be read belongs to somebody else. */
    private boolean isOwn(String id) {
        try {
            return site.owns(tagsOf(id));
        } catch (KmsException e) {
            if (AwsErrors.isMissing(e) || AwsErrors.code(e).equals("AccessDeniedException")) {
                return false;
            }
            throw e;
        }
    }

    /** Marks keys for deletion; one that is marked already stays so. */
    void delete(List<KeyMetadata> keys, int days) {
        for (KeyMetadata key : keys) {
            try {
                calls.remove(
                        "kms:ScheduleKeyDeletion",
                        () -> kms.scheduleKeyDeletion(
                                request -> request.keyId(key.keyId()).pendingWindowInDays(days)));
            } catch (KmsInvalidStateException markedByAnEarlierTry) {
                // It goes as it is.
            }
        }
    }

    void deleteAlias() {
        calls.remove("kms:DeleteAlias", () -> kms.deleteAlias(request -> request.aliasName(alias)));
    }

    private Set<String> aliasedKeys() {
        Set<String> ids = new HashSet<>();
        String marker = null;
        do {
            String from = marker;
            ListAliasesResponse page =
                    calls.read("kms:ListAliases", () -> kms.listAliases(request -> request.marker(from)));
            page.aliases().forEach(entry -> ids.add(entry.targetKeyId()));
            marker = Boolean.TRUE.equals(page.truncated()) ? page.nextMarker() : null;
        } while (marker != null);
        return ids;
    }

    private List<String> keys() {
        List<String> ids = new ArrayList<>();
        String marker = null;
        do {
            String from = marker;
            ListKeysResponse page = calls.read(
                    "kms:ListKeys",
                    () -> kms.listKeys(request -> request.limit(MOST_KEYS).marker(from)));
            page.keys().forEach(entry -> ids.add(entry.keyId()));
            marker = Boolean.TRUE.equals(page.truncated()) ? page.nextMarker() : null;
        } while (marker != null);
        return ids;
    }

    private Map<String, String> tagsOf(String id) {
        ListResourceTagsResponse answer =
                calls.read("kms:ListResourceTags", () -> kms.listResourceTags(request -> request.keyId(id)));
        return answer.tags().stream().collect(Collectors.toMap(Tag::tagKey, Tag::tagValue, (a, b) -> b, TreeMap::new));
    }

    private static List<Tag> tags(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag -> Tag.builder()
                        .tagKey(tag.getKey())
                        .tagValue(tag.getValue())
                        .build())
                .toList();
    }
}

package io.crois.testkit.engine.internal.service;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.sfn.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.sfn.model.Tag;
import software.amazon.awssdk.services.sfn.model.TagResourceRequest;
import software.amazon.awssdk.services.sfn.model.TagResourceResponse;
import software.amazon.awssdk.services.sfn.model.UntagResourceRequest;
import software.amazon.awssdk.services.sfn.model.UntagResourceResponse;

/** Tags of state machines and activities. Used on the event loop only. */
final class Tags {

    private static final int MOST = 50;

    private final Machines machines;
    private final Activities activities;

    Tags(Machines machines, Activities activities) {
        this.machines = machines;
        this.activities = activities;
    }

    /** Returns tags by their keys, in the order in which they were given. */
    static Map<String, String> of(List<Tag> tags) {
        Map<String, String> byKey = new LinkedHashMap<>();
        tags.forEach(tag -> byKey.put(tag.key(), tag.value()));
        if (byKey.keySet().stream().anyMatch(key -> key.startsWith("aws:"))) {
            throw Refusal.systemTags();
        }
        if (byKey.size() > MOST) {
            throw Refusal.tooManyTags();
        }
        return byKey;
    }

    TagResourceResponse tag(TagResourceRequest request) {
        Map<String, String> tags = tags(request.resourceArn());
        Map<String, String> added = of(request.tags());
        if (tags.size()
                        + added.keySet().stream()
                                .filter(key -> !tags.containsKey(key))
                                .count()
                > MOST) {
            throw Refusal.tooManyTags();
        }
        tags.putAll(added);
        return TagResourceResponse.builder().build();
    }

    UntagResourceResponse untag(UntagResourceRequest request) {
        tags(request.resourceArn()).keySet().removeAll(request.tagKeys());
        return UntagResourceResponse.builder().build();
    }

    ListTagsForResourceResponse list(ListTagsForResourceRequest request) {
        if (isVersion(request.resourceArn())) {
            return ListTagsForResourceResponse.builder().tags(List.of()).build();
        }
        List<Tag> tags = tags(request.resourceArn()).entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
        return ListTagsForResourceResponse.builder().tags(tags).build();
    }

    /** A version has no tags, and can have none. */
    private boolean isVersion(String arn) {
        Machine machine = machines.find(arn.substring(0, Math.max(0, arn.lastIndexOf(':'))));
        return machine != null
                && machine.versions().values().stream()
                        .anyMatch(version -> version.arn().equals(arn));
    }

    private Map<String, String> tags(@Nullable String arn) {
        String text = Arns.require(arn, "stateMachine", "activity");
        if (text.contains(":activity:")) {
            Map<String, String> tags = activities.tags(text);
            if (tags == null) {
                throw Refusal.noResource(text);
            }
            return tags;
        }
        Machine machine = machines.find(text);
        if (machine == null) {
            throw Refusal.noResource(String.valueOf(arn));
        }
        return machine.tags();
    }
}

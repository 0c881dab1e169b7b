package io.crois.testkit.engine.internal.service;

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

/** Tags of state machines. Used on the event loop only. */
final class Tags {

    private final Machines machines;

    Tags(Machines machines) {
        this.machines = machines;
    }

    TagResourceResponse tag(TagResourceRequest request) {
        request.tags().forEach(tag -> tags(request.resourceArn()).put(tag.key(), tag.value()));
        return TagResourceResponse.builder().build();
    }

    UntagResourceResponse untag(UntagResourceRequest request) {
        tags(request.resourceArn()).keySet().removeAll(request.tagKeys());
        return UntagResourceResponse.builder().build();
    }

    ListTagsForResourceResponse list(ListTagsForResourceRequest request) {
        List<Tag> tags = tags(request.resourceArn()).entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
        return ListTagsForResourceResponse.builder().tags(tags).build();
    }

    private Map<String, String> tags(@Nullable String arn) {
        Machine machine = machines.find(Arns.parseMachine(arn).machine());
        if (machine == null) {
            throw Refusal.noResource(String.valueOf(arn));
        }
        return machine.tags();
    }
}

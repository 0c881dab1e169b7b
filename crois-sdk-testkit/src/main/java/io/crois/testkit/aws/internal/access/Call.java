package io.crois.testkit.aws.internal.access;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/**
 * A request, read by the names of its members.
 *
 * @param operation such as {@code GetObject}
 * @param request what was asked
 */
record Call(String operation, SdkPojo request) {

    static Call of(SdkPojo request) {
        String name = request.getClass().getSimpleName();
        return new Call(name.substring(0, name.length() - "Request".length()), request);
    }

    /** Returns a member, in small letters or capitals; empty if the request does not have it or leaves it out. */
    Optional<Object> get(String member) {
        return request.sdkFields().stream()
                .filter(field -> field.memberName().equalsIgnoreCase(member))
                .findFirst()
                .map(field -> value(field));
    }

    private Object value(SdkField<?> field) {
        return field.getValueOrDefault(request);
    }

    Optional<String> find(String member) {
        return get(member).map(String::valueOf).filter(text -> !text.isEmpty());
    }

    String text(String member) {
        return find(member).orElse("");
    }

    /** Returns a member that is a list of things that have members. */
    List<SdkPojo> things(String member) {
        return get(member).map(Call::pojos).orElse(List.of());
    }

    @SuppressWarnings("unchecked")
    private static List<SdkPojo> pojos(Object list) {
        return (List<SdkPojo>) list;
    }

    /** Returns a member that is a list of texts. */
    List<String> list(String member) {
        return get(member)
                .map(list -> ((List<?>) list).stream().map(String::valueOf).toList())
                .orElse(List.of());
    }

    @SuppressWarnings("unchecked")
    Map<String, String> texts(String member) {
        return get(member).map(map -> (Map<String, String>) map).orElse(Map.of());
    }

    /** Reads a thing within the request in the same way. */
    static Call within(SdkPojo thing) {
        return new Call("", thing);
    }
}

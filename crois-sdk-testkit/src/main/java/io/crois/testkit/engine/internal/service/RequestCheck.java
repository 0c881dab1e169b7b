package io.crois.testkit.engine.internal.service;

import io.crois.testkit.engine.EngineLimits;
import io.crois.testkit.engine.internal.service.MemberRules.Rule;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.services.sfn.model.SfnRequest;

/** Refuses requests whose members break the constraints of the API, all of them in one message as the service does. */
final class RequestCheck {

    private final MemberRules rules;

    RequestCheck(EngineLimits limits) {
        this.rules = new MemberRules(limits);
    }

    /** Returns the request unless a member of it breaks a constraint. */
    <T extends SfnRequest> T accept(T request) {
        List<String> broken = new ArrayList<>();
        String type = request.getClass().getSimpleName();
        check(request, type.substring(0, type.length() - "Request".length()), "", broken);
        if (!broken.isEmpty()) {
            throw Refusal.validation(broken.size() + (broken.size() == 1 ? " validation error" : " validation errors")
                    + " detected: " + String.join("; ", broken));
        }
        return request;
    }

    private void check(SdkPojo pojo, String owner, String place, List<String> broken) {
        for (SdkField<?> field : pojo.sdkFields()) {
            String member = field.locationName();
            String where = place + member;
            Object value = field.getValueOrDefault(pojo);
            if (value == null || value instanceof SdkAutoConstructList) {
                if (MemberRules.isRequired(owner, member)) {
                    broken.add("Value null at '" + where + "' failed to satisfy constraint: Member must not be null");
                }
            } else {
                checkValue(value, rules.rule(owner, member), where, broken);
            }
        }
    }

    private void checkValue(Object value, Rule rule, String where, List<String> broken) {
        if (value instanceof SdkPojo pojo) {
            check(pojo, pojo.getClass().getSimpleName(), where + ".", broken);
        } else if (value instanceof Collection<?> list) {
            checkList(list, rule, where, broken);
        } else {
            List<String> constraints = broken(value, rule);
            for (String constraint : constraints) {
                broken.add("Value " + (rule.isSecret() ? "" : "'" + value + "' ") + "at '" + where
                        + "' failed to satisfy constraint: Member must " + constraint);
            }
        }
    }

    private void checkList(Collection<?> list, Rule rule, String where, List<String> broken) {
        if (list.iterator().hasNext() && list.iterator().next() instanceof String) {
            if (list.stream().anyMatch(text -> !broken(text, rule).isEmpty())) {
                broken.add("Value '" + list + "' at '" + where + "' failed to satisfy constraint: Member must satisfy "
                        + "constraint: [Member must have length less than or equal to " + rule.most()
                        + ", Member must have length greater than or equal to " + rule.least() + "]");
            }
            return;
        }
        for (String constraint : outside(list.size(), rule, "length")) {
            broken.add("Value '" + shown(list) + "' at '" + where + "' failed to satisfy constraint: Member must "
                    + constraint);
        }
        int number = 0;
        for (Object item : list) {
            number++;
            checkValue(item, rule, where + "." + number + ".member", broken);
        }
    }

    private static List<String> broken(Object value, Rule rule) {
        if (value instanceof Number number) {
            return outside(number.doubleValue(), rule, "value");
        }
        if (!(value instanceof String text)) {
            return List.of();
        }
        List<String> broken = new ArrayList<>(outside(length(text, rule), rule, "length"));
        if (rule.pattern() != null && !rule.pattern().matcher(text).matches()) {
            broken.add("satisfy regular expression pattern: " + rule.pattern());
        }
        if (rule.values() != null && !rule.values().contains(text)) {
            broken.add("satisfy enum value set: " + rule.values());
        }
        return broken;
    }

    /** The length of what is kept as JSON counts in bytes. */
    private static int length(String text, Rule rule) {
        return rule.isSecret() ? text.getBytes(StandardCharsets.UTF_8).length : text.length();
    }

    private static List<String> outside(double measure, Rule rule, String what) {
        List<String> broken = new ArrayList<>();
        if (rule.most() != null && measure > rule.most()) {
            broken.add("have " + what + " less than or equal to " + rule.most());
        }
        if (rule.least() != null && measure < rule.least()) {
            broken.add("have " + what + " greater than or equal to " + rule.least());
        }
        return broken;
    }

    private static String shown(Collection<?> list) {
        return list.stream().map(RequestCheck::shown).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String shown(@Nullable Object item) {
        if (!(item instanceof SdkPojo pojo)) {
            return String.valueOf(item);
        }
        return pojo.sdkFields().stream()
                .map(field -> field.locationName() + "=" + field.getValueOrDefault(pojo))
                .collect(Collectors.joining(", ", pojo.getClass().getSimpleName() + "(", ")"));
    }
}

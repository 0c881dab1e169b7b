package io.crois.testkit.aws.internal.access;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The top-level attributes that a request to DynamoDB names: in its key, its item, its projection and conditions. */
final class AttributeNames {

    private static final List<String> EXPRESSIONS = List.of(
            "ProjectionExpression",
            "KeyConditionExpression",
            "FilterExpression",
            "ConditionExpression",
            "UpdateExpression");
    /** A name that begins a path and is no function; placeholders of values begin with a colon. */
    private static final Pattern NAME = Pattern.compile("(?<![:.\\w#])(#?[A-Za-z]\\w*)(?!\\w*\\s*\\()");

    private static final Set<String> WORDS =
            Set.of("and", "or", "not", "between", "in", "set", "remove", "add", "delete");

    private AttributeNames() {}

    static Set<String> of(Call call) {
        Set<String> names = new TreeSet<>();
        names.addAll(members(call, "Key"));
        names.addAll(members(call, "Item"));
        Map<String, String> placeholders = call.texts("ExpressionAttributeNames");
        for (String expression : EXPRESSIONS) {
            Matcher name = NAME.matcher(call.text(expression));
            while (name.find()) {
                String found = name.group(1);
                if (!WORDS.contains(found.toLowerCase(java.util.Locale.ROOT))) {
                    names.add(placeholders.getOrDefault(found, found));
                }
            }
        }
        return names;
    }

    @SuppressWarnings("unchecked")
    private static Set<String> members(Call call, String member) {
        return call.get(member)
                .map(map -> ((Map<String, AttributeValue>) map).keySet())
                .orElse(Set.of());
    }
}

package io.crois.asl;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks the fields of one state. */
final class StateCheck {
    private static final List<String> TEMPLATES = List.of("Parameters", "ResultSelector", "ItemSelector", "Assign");
    private static final Pattern TIMESTAMP =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?(Z|[+-]\\d{2}:\\d{2})");
    private static final Pattern ACTIVITY = Pattern.compile("arn:[^:]+:states:[^:]+:\\d+:activity:.+");
    private static final Pattern OPTIMIZED =
            Pattern.compile("arn:[^:]+:states:[^:]*:[^:]*:([a-z]+):([A-Za-z]+)(\\..+)?");
    /** Services of which every integrated call is known. */
    private static final Map<String, Set<String>> CALLS = Map.of(
            "dynamodb", Set.of("getItem", "putItem", "updateItem", "deleteItem"),
            "lambda", Set.of("invoke"),
            "sns", Set.of("publish"),
            "sqs", Set.of("sendMessage"),
            "events", Set.of("putEvents"),
            "states", Set.of("startExecution"),
            "batch", Set.of("submitJob"),
            "ecs", Set.of("runTask"));

    private final MachineType type;
    private final JsonNode state;
    private final String place;
    private final boolean jsonata;
    private final List<Diagnostic> found;

    StateCheck(MachineType type, JsonNode state, String place, boolean jsonata, List<Diagnostic> found) {
        this.type = type;
        this.state = state;
        this.place = place;
        this.jsonata = jsonata;
        this.found = found;
    }

    void run() {
        found.addAll(FieldSupport.check(state, place, jsonata));
        switch (state.path("Type").asText()) {
            case "Task" -> checkTask();
            case "Wait" -> checkTimestamp();
            case "Parallel" -> checkBranches();
            default -> {
                // nothing of its own to check
            }
        }
        if (!jsonata) {
            TEMPLATES.forEach(name -> checkTemplate(state.path(name), place + "/" + name));
        }
    }

    private void checkTask() {
        JsonNode credentials = state.path("Credentials");
        if (credentials.isObject() && !credentials.has("RoleArn") && !credentials.has("RoleArn.$")) {
            add("/Credentials", "The field 'RoleArn' is required but was missing");
        }
        String resource = state.path("Resource").asText();
        if (type == MachineType.EXPRESS) {
            checkExpress(resource);
        }
        checkCall(resource);
    }

    private void checkExpress(String resource) {
        if (ACTIVITY.matcher(resource).matches()) {
            add("/Resource", "Express state machine does not support Activity ARN");
        } else if (resource.endsWith(".waitForTaskToken")) {
            add("/Resource", "Express state machine does not support '.waitForTaskToken' service integration ");
        } else if (resource.endsWith(".sync") || resource.endsWith(".sync:2")) {
            add("/Resource", "Express state machine does not support '.sync' service integration");
        }
    }

    private void checkCall(String resource) {
        var parts = OPTIMIZED.matcher(resource);
        if (parts.matches()
                && CALLS.containsKey(parts.group(1))
                && !CALLS.getOrDefault(parts.group(1), Set.of()).contains(parts.group(2))) {
            add(
                    "/Resource",
                    "The resource provided " + resource + " is not recognized. The value is not a valid resource ARN, "
                            + "or the resource is not available in this region.");
        }
    }

    private void checkTimestamp() {
        JsonNode timestamp = state.path("Timestamp");
        if (timestamp.isTextual() && !isTimestamp(timestamp.textValue()) && !(jsonata && isExpression(timestamp))) {
            add("/Timestamp", "String does not match RFC3339 timestamp");
        }
    }

    private void checkBranches() {
        if (state.path("Branches").isArray() && state.path("Branches").isEmpty()) {
            add("/Branches", "Value cannot be empty");
        }
    }

    private void checkTemplate(JsonNode template, String where) {
        if (template.isArray()) {
            for (int i = 0; i < template.size(); i++) {
                checkTemplate(template.get(i), where + "[" + i + "]");
            }
        }
        template.properties().forEach(field -> checkTemplateField(field.getKey(), field.getValue(), where));
    }

    private void checkTemplateField(String name, JsonNode value, String where) {
        if (!name.endsWith(".$")) {
            checkTemplate(value, where + "/" + name);
        } else if (value.isTextual() && !new TemplateSyntax(value.textValue()).valid()) {
            found.add(Diagnostic.schema(
                    where,
                    "The value for the field '" + name
                            + "' must be a valid JSONPath or a valid intrinsic function call"));
        }
    }

    private void add(String field, String message) {
        found.add(Diagnostic.schema(place + field, message));
    }

    private static boolean isExpression(JsonNode text) {
        return text.textValue().startsWith("{%") && text.textValue().endsWith("%}");
    }

    private static boolean isTimestamp(String text) {
        try {
            return TIMESTAMP.matcher(text).matches()
                    && OffsetDateTime.parse(text.toUpperCase(Locale.ROOT)).getYear() >= 0;
        } catch (DateTimeException e) {
            return false;
        }
    }
}

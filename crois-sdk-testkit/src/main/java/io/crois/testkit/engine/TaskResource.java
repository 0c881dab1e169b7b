package io.crois.testkit.engine;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code Resource} of a Task state, taken apart.
 *
 * @param arn the text as it stands in the definition
 * @param kind what is called
 * @param service such as {@code ecs}; with an AWS SDK integration {@code aws-sdk:dynamodb}; {@code lambda} for a
 *     function named by its ARN, {@code activity} for an activity. The {@code resourceType} of history events.
 * @param action such as {@code runTask}, without the pattern; the name of the function or activity that an ARN names
 * @param pattern how long the state waits
 */
public record TaskResource(String arn, Kind kind, String service, String action, WaitPattern pattern) {

    private static final Pattern INTEGRATION = Pattern.compile(
            "arn:[a-z0-9-]+:states:[a-z0-9-]*:[0-9]*:(aws-sdk:[A-Za-z0-9]+|[a-z0-9-]+):([A-Za-z0-9]+)(\\.sync:2|\\.sync|\\.waitForTaskToken)?");
    private static final Pattern FUNCTION =
            Pattern.compile("arn:[a-z0-9-]+:lambda:[a-z0-9-]*:[0-9]*:function:([^:]+)(:.+)?");
    private static final Pattern ACTIVITY = Pattern.compile("arn:[a-z0-9-]+:states:[a-z0-9-]*:[0-9]*:activity:(.+)");

    /** What a resource names. */
    public enum Kind {
        /** A service integration, optimized or through the AWS SDK. */
        INTEGRATION,
        /** A Lambda function by its own ARN; its history events are those of Lambda. */
        FUNCTION,
        /** An activity. */
        ACTIVITY,
        /** Anything else: the task cannot run. */
        UNKNOWN
    }

    /** How long a state waits for its task. */
    public enum WaitPattern {
        /** Until the request is answered. */
        REQUEST_RESPONSE(""),
        /** Until the job has ended. */
        SYNC(".sync"),
        /** Until the job has ended, with parsed JSON output (nested executions). */
        SYNC_2(".sync:2"),
        /** Until somebody sends the task token back. */
        WAIT_FOR_TASK_TOKEN(".waitForTaskToken");

        private final String suffix;

        WaitPattern(String suffix) {
            this.suffix = suffix;
        }

        /** Returns the text behind the action, such as {@code .sync}; empty for request and response. */
        public String suffix() {
            return suffix;
        }

        private static WaitPattern of(String text) {
            for (WaitPattern pattern : values()) {
                if (pattern.suffix.equals(text)) {
                    return pattern;
                }
            }
            throw new IllegalArgumentException("unknown pattern `" + text + "`.");
        }
    }

    /** Takes a resource apart; one of an unknown form is of the kind {@link Kind#UNKNOWN}. */
    public static TaskResource parse(String arn) {
        Matcher activity = ACTIVITY.matcher(arn);
        if (activity.matches()) {
            return new TaskResource(arn, Kind.ACTIVITY, "activity", activity.group(1), WaitPattern.REQUEST_RESPONSE);
        }
        Matcher function = FUNCTION.matcher(arn);
        if (function.matches()) {
            return new TaskResource(arn, Kind.FUNCTION, "lambda", function.group(1), WaitPattern.REQUEST_RESPONSE);
        }
        Matcher integration = INTEGRATION.matcher(arn);
        if (integration.matches()) {
            String suffix = integration.group(3) == null ? "" : integration.group(3);
            return new TaskResource(
                    arn, Kind.INTEGRATION, integration.group(1), integration.group(2), WaitPattern.of(suffix));
        }
        return new TaskResource(arn, Kind.UNKNOWN, "", "", WaitPattern.REQUEST_RESPONSE);
    }

    /** Returns the action with its pattern, the {@code resource} of history events: {@code runTask.sync}. */
    public String actionAndPattern() {
        return action + pattern.suffix();
    }
}

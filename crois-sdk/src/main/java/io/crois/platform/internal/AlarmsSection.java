package io.crois.platform.internal;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What somebody should look at: events that nobody took, and functions that fail or are throttled. */
public final class AlarmsSection {
    private static final int PERIOD_IN_SECONDS = 300;

    private AlarmsSection() {}

    /** Adds an alarm for the dead-letter queue and two for each function. */
    public static void addTo(Template template) {
        alarm(
                template,
                "DeadEventsAlarm",
                "dead-events",
                "Events that the status function could not take; the reconciler replays them",
                Cfn.object(
                        "Namespace", "AWS/SQS",
                        "MetricName", "ApproximateNumberOfMessagesVisible",
                        "Dimensions", List.of(dimension("QueueName", Cfn.attribute("DeadEvents", "QueueName"))),
                        "Statistic", "Maximum"));
        for (PlatformFunction function : PlatformFunction.all()) {
            functionAlarm(template, function, "Errors", "Calls that failed");
            functionAlarm(template, function, "Throttles", "Calls that Lambda refused for lack of concurrency");
        }
    }

    /** A step that fails for good fails its route function on purpose, so that one is told by throttles alone. */
    private static void functionAlarm(Template template, PlatformFunction function, String metric, String description) {
        if (function.id().equals("Route") && metric.equals("Errors")) {
            return;
        }
        alarm(
                template,
                function.id() + metric + "Alarm",
                function.id().toLowerCase(Locale.ROOT) + "-" + metric.toLowerCase(Locale.ROOT),
                description,
                Cfn.object(
                        "Namespace",
                        "AWS/Lambda",
                        "MetricName",
                        metric,
                        "Dimensions",
                        List.of(dimension("FunctionName", Cfn.ref(function.id() + "Function"))),
                        "Statistic",
                        "Sum"));
    }

    private static void alarm(
            Template template, String id, String name, String description, Map<String, Object> metric) {
        template.resource(id, "AWS::CloudWatch::Alarm", properties(name, description, metric));
    }

    /** Returns an alarm that tells the topic, if there is one, when a metric is above 0 or as {@code metric} says. */
    static Map<String, Object> properties(String name, String description, Map<String, Object> metric) {
        Map<String, Object> properties = Cfn.object(
                "AlarmName",
                Cfn.sub("${Prefix}-" + name),
                "AlarmDescription",
                description,
                "Period",
                PERIOD_IN_SECONDS,
                "EvaluationPeriods",
                1,
                "Threshold",
                0,
                "ComparisonOperator",
                "GreaterThanThreshold",
                "TreatMissingData",
                "notBreaching",
                "AlarmActions",
                Cfn.object(
                        "Fn::If", List.of("HasAlarmTopic", List.of(Cfn.ref("AlarmTopic")), Cfn.ref("AWS::NoValue"))));
        properties.putAll(metric);
        return properties;
    }

    static Map<String, Object> dimension(String name, Object value) {
        return Cfn.object("Name", name, "Value", value);
    }
}

package io.crois.testkit.aws.internal.access;

import java.util.Map;
import software.amazon.awssdk.awscore.AwsRequest;

/** The prefix of a service's actions, by the package of its requests. */
public final class ServicePrefix {

    private static final String ROOT = "software.amazon.awssdk.services.";
    private static final Map<String, String> OTHERS =
            Map.of("sfn", "states", "eventbridge", "events", "cloudwatchlogs", "logs");

    private ServicePrefix() {}

    /** Returns the prefix, such as {@code s3} or {@code states}. */
    public static String of(AwsRequest request) {
        String name = request.getClass().getPackageName().substring(ROOT.length());
        String service = name.substring(0, name.indexOf('.'));
        return OTHERS.getOrDefault(service, service);
    }
}

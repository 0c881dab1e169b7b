package io.crois.testkit.engine.internal.service;

import io.crois.testkit.engine.internal.service.Arns.MachineArn;
import java.util.HashSet;
import java.util.List;
import software.amazon.awssdk.services.sfn.model.RoutingConfigurationListItem;
import software.amazon.awssdk.services.sfn.model.SfnException;
import software.amazon.awssdk.services.sfn.model.ValidationExceptionReason;

/** Checks the versions among which an alias divides executions. */
final class Routes {

    private static final int WHOLE = 100;

    private Routes() {}

    /** Refuses routes that are not to different versions of one machine, or whose weights do not make up 100. */
    static void require(List<RoutingConfigurationListItem> routes) {
        List<String> versions = routes.stream()
                .map(RoutingConfigurationListItem::stateMachineVersionArn)
                .toList();
        if (!versions.stream().allMatch(Routes::isVersion)) {
            throw refused("Routing configuration must contain state machine version ARNs. Received: " + versions);
        }
        if (new HashSet<>(versions).size() < versions.size()) {
            throw refused(
                    "Routing configuration must contain distinct state machine version ARNs. Received: " + versions);
        }
        if (versions.stream().map(Routes::machine).distinct().count() > 1) {
            throw refused(
                    "Routing configuration must contain state machine version ARNs for the same state machine. Received: "
                            + versions);
        }
        List<Integer> weights =
                routes.stream().map(RoutingConfigurationListItem::weight).toList();
        if (weights.stream().mapToInt(Integer::intValue).sum() != WHOLE) {
            throw refused("Sum of routing configuration weights must equal 100. Received: " + weights);
        }
    }

    private static boolean isVersion(String arn) {
        return Arns.parseMachine(arn).isVersion();
    }

    private static String machine(String arn) {
        MachineArn parsed = Arns.parseMachine(arn);
        return parsed.machine();
    }

    private static SfnException refused(String text) {
        return Refusal.validation(text, ValidationExceptionReason.INVALID_ROUTING_CONFIGURATION);
    }
}

package io.crois.runtime.lambda;

import io.crois.workflow.FailureClass;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The words by which AWS's texts tell one class of failure from another. The first class with a word found wins. */
final class Signs {
    private static final Map<FailureClass, List<String>> WORDS = words();

    private Signs() {}

    private static Map<FailureClass, List<String>> words() {
        Map<FailureClass, List<String>> words = new LinkedHashMap<>();
        words.put(FailureClass.OUT_OF_MEMORY, List.of("outofmemoryerror", "oomkilled"));
        words.put(
                FailureClass.SPOT_RECLAIMED,
                List.of("spotinterruption", "spot task was interrupted", "spot interruption", "host ec2"));
        words.put(
                FailureClass.ACCESS_DENIED,
                List.of(
                        "accessdenied",
                        "not authorized to",
                        "unauthorizedoperation",
                        "unable to assume",
                        "states.permissions",
                        "kmskeydisabled",
                        "kms.disabled",
                        "kmsinvalidstate"));
        words.put(
                FailureClass.IMAGE_PULL,
                List.of("cannotpull", "cannotinspectcontainer", "image manifest", "pull access denied"));
        words.put(
                FailureClass.THROTTLED,
                List.of(
                        "throttl",
                        "rate exceeded",
                        "toomanyrequests",
                        "too many requests",
                        "requestlimitexceeded",
                        "throughputexceeded",
                        "slow down"));
        words.put(
                FailureClass.NEVER_SCHEDULED,
                List.of(
                        "capacity is unavailable",
                        "insufficient capacity",
                        "insufficientinstancecapacity",
                        "resource:cpu",
                        "resource:memory",
                        "resource:eni",
                        "resource:gpu",
                        "misconfiguration:",
                        "amazonecs.unknown",
                        "no container instances were found"));
        words.put(FailureClass.TIMED_OUT, List.of("job attempt duration exceeded"));
        words.put(
                FailureClass.START_FAILED,
                List.of(
                        "resourceinitializationerror",
                        "cannotstartcontainer",
                        "cannotcreatecontainer",
                        "cannotcreatevolume",
                        "task failed to start",
                        "taskfailedtostart",
                        "containerruntimeerror",
                        "containerruntimetimeout",
                        "dockertimeouterror",
                        "timeout waiting for network interface"));
        return words;
    }

    /** Returns the class that a text speaks of; empty when it speaks of none. */
    static Optional<FailureClass> in(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return WORDS.entrySet().stream()
                .filter(sign -> sign.getValue().stream().anyMatch(lower::contains))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}

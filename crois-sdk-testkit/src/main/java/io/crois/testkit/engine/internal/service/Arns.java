package io.crois.testkit.engine.internal.service;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.ValidationExceptionReason;

/** Makes and reads the ARNs of one region and account. */
public final class Arns {

    private static final Pattern ARN =
            Pattern.compile("arn:[a-z0-9-]+:states:[a-z0-9-]*:[0-9]*:([A-Za-z]+):[^:].*", Pattern.DOTALL);
    private static final Pattern MACHINE = Pattern.compile("(arn:(?:[^:]*:){5}[^:/]+)(?:/([^:]+))?(?::(.+))?");
    private static final Pattern NAME = Pattern.compile("[^\\s<>{}\\[\\]?*\"#%\\\\^|~`$&,;:/\\p{Cntrl}]{1,80}");

    private final String prefix;

    Arns(String region, String account) {
        this.prefix = "arn:aws:states:" + region + ":" + account + ":";
    }

    String machine(String name) {
        return prefix + "stateMachine:" + name;
    }

    String execution(String machine, String name) {
        return prefix + "execution:" + machine + ":" + name;
    }

    String express(String machine, String name, String id) {
        return prefix + "express:" + machine + ":" + name + ":" + id;
    }

    String activity(String name) {
        return prefix + "activity:" + name;
    }

    /** Refuses a name that the service does not take. */
    static String requireName(@Nullable String name) {
        if (name == null || !NAME.matcher(name).matches()) {
            throw Refusal.name(String.valueOf(name));
        }
        return name;
    }

    /** Refuses what is not an ARN of this service and of one of the given kinds. */
    static String require(@Nullable String arn, String... kinds) {
        String text = String.valueOf(arn);
        if (!text.startsWith("arn:")) {
            throw Refusal.arn("Invalid ARN prefix: " + text);
        }
        Matcher matcher = ARN.matcher(text);
        if (!matcher.matches()) {
            throw Refusal.arn(text);
        }
        if (!List.of(kinds).contains(matcher.group(1))) {
            throw Refusal.arn("Resource type not valid in this context: " + matcher.group(1));
        }
        return text;
    }

    /** Takes the ARN of a machine, a version or an alias apart; refuses that of a distributed Map in a machine. */
    static MachineArn parseMachine(@Nullable String arn) {
        MachineArn parsed = parseLabeled(arn);
        if (parsed.label() != null) {
            throw Refusal.validation(
                    "This API does not support labeled state machine ARNs.",
                    ValidationExceptionReason.API_DOES_NOT_SUPPORT_LABELED_ARNS);
        }
        return parsed;
    }

    /** Takes the ARN of a machine apart, also that of a distributed Map in it. */
    static MachineArn parseLabeled(@Nullable String arn) {
        String text = require(arn, "stateMachine");
        Matcher matcher = MACHINE.matcher(text);
        if (!matcher.matches()) {
            throw Refusal.arn(text);
        }
        return new MachineArn(matcher.group(1), matcher.group(2), matcher.group(3));
    }

    /** Returns whether what stands behind a machine's ARN is the number of a version and not the name of an alias. */
    static boolean isVersion(String qualifier) {
        return qualifier.chars().allMatch(Character::isDigit);
    }

    /** A machine, the label of a distributed Map in it, and the version number or alias behind it. */
    record MachineArn(
            String machine,
            @Nullable String label,
            @Nullable String qualifier) {

        boolean isVersion() {
            return qualifier != null && Arns.isVersion(qualifier);
        }
    }
}

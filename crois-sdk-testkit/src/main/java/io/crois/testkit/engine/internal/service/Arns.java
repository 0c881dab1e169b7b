package io.crois.testkit.engine.internal.service;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes and reads the ARNs of one region and account. */
public final class Arns {

    private static final Pattern MACHINE =
            Pattern.compile("(arn:[a-z0-9-]+:states:[a-z0-9-]*:[0-9]*:stateMachine:[^:/]+)(?::(.+))?");
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

    /** Takes the ARN of a machine apart. */
    static MachineArn parseMachine(@Nullable String arn) {
        Matcher matcher = MACHINE.matcher(String.valueOf(arn));
        if (!matcher.matches()) {
            throw Refusal.arn(String.valueOf(arn));
        }
        return new MachineArn(matcher.group(1), matcher.group(2));
    }

    /** A machine, and the version number or alias behind it. */
    record MachineArn(String machine, @Nullable String qualifier) {}
}

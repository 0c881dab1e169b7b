package io.crois.contract;

import java.util.Locale;

/**
 * What a project's things are called in AWS.
 *
 * <p>Rights are granted by the beginnings of names, so no project's prefix may be the beginning of another's: in
 * {@link #prefix} every {@code -} and {@code _} of the project's own name has a {@code _} before it, and the first
 * {@code -} without one ends the project. {@code team-a} is {@code team_-a}, and {@code team-*} does not cover it.
 */
public record ProjectNames(String project) {
    /** Where a role lies in IAM; only roles below it belong to Crois. */
    public static final String PATH = "/crois/";

    private static final int LONGEST_ROLE_STEM = 40;
    private static final int LONGEST_PLAIN = 32;
    private static final int CUT = 20;
    private static final int DIGEST = 8;
    private static final int LONGEST_EVENT_NAME = 64;
    private static final int RULE_DIGEST = 12;

    /** Returns the prefix of the project's state machines and container definitions, without the {@code -} after it. */
    public String prefix() {
        return project.length() <= LONGEST_PLAIN
                ? escaped(project)
                : escaped(project.substring(0, CUT)) + "_" + digest();
    }

    private static String escaped(String name) {
        return name.replace("_", "__").replace("-", "_-");
    }

    /** Returns the name of the role of the project's containers. */
    public String taskRole() {
        return role("task");
    }

    /** Returns the name of the role that Step Functions assumes. */
    public String flowRole() {
        return role("flow");
    }

    /** Returns the name of the managed policy of the applications that the project admits. */
    public String applicationPolicy() {
        return role("application");
    }

    /** IAM takes {@code Demo} and {@code demo} for the same name, so that capitals need a digest. */
    private String role(String kind) {
        String stem = project.toLowerCase(Locale.ROOT);
        boolean plain = stem.equals(project) && project.length() <= LONGEST_ROLE_STEM;
        return plain
                ? project + "." + kind
                : stem.substring(0, Math.min(stem.length(), LONGEST_ROLE_STEM)) + "." + digest() + "." + kind;
    }

    /**
     * Returns the name of the group of EventBridge Scheduler that holds the project's schedules.
     *
     * @param platform {@link PlatformSettings#prefix}
     */
    public String scheduleGroup(String platform) {
        String plain = platform + prefix();
        return plain.length() <= LONGEST_EVENT_NAME ? plain : platform + "_" + digest();
    }

    /**
     * Returns what the names of the project's rules of EventBridge begin with. No other project's begin with it.
     *
     * @param platform {@link PlatformSettings#prefix}
     */
    public String rules(String platform) {
        return platform + "start-" + Json.digest(project).substring(0, RULE_DIGEST) + "-";
    }

    /** Returns the name of a rule of EventBridge. */
    public String rule(String platform, String name) {
        String plain = rules(platform) + name;
        return plain.length() <= LONGEST_EVENT_NAME
                ? plain
                : plain.substring(0, LONGEST_EVENT_NAME - DIGEST - 1) + "."
                        + Json.digest(name).substring(0, DIGEST);
    }

    /** Returns the alias of the project's key. */
    public String keyAlias() {
        return "alias/crois/" + project;
    }

    /** Returns what the names of the project's secrets begin with. */
    public String secrets() {
        return "crois/" + project + "/";
    }

    /** Returns what the keys of the project's objects begin with; they are encrypted with the project's key. */
    public String objects() {
        return project + "/";
    }

    /** Returns what the keys of the platform's own objects about the project begin with. */
    public String controlObjects() {
        return "_control/" + project + "/";
    }

    /** Returns what the partition keys of the project's items begin with. */
    public String items() {
        return project + "#";
    }

    private String digest() {
        return Json.digest(project).substring(0, DIGEST);
    }
}

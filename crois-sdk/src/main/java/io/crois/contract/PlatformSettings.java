package io.crois.contract;

import java.util.List;
import java.util.Map;

/**
 * What an account's platform is called: where the table, the bucket and the machines are.
 *
 * @param subnets of Fargate tasks; may be empty in the testkit only
 * @param onDemandQueue the Batch job queue for on-demand machines
 * @param spotQueue the Batch job queue for Spot machines
 */
public record PlatformSettings(
        String table,
        String bucket,
        String cluster,
        List<String> subnets,
        List<String> securityGroups,
        String onDemandQueue,
        String spotQueue) {

    public PlatformSettings {
        subnets = List.copyOf(subnets);
        securityGroups = List.copyOf(securityGroups);
    }

    /**
     * Returns what the names of all state machines, task definitions and job definitions of this platform begin with:
     * the cluster's name and a hyphen. Event rules and roles go by it.
     */
    public String prefix() {
        return cluster + "-";
    }

    /** Returns the log group of tasks on Fargate. */
    public String taskLog() {
        return "/" + cluster + "/tasks";
    }

    /** Returns the log group of jobs. */
    public String jobLog() {
        return "/" + cluster + "/jobs";
    }

    /** Returns the settings that the testkit and new accounts use. */
    public static PlatformSettings defaults() {
        return new PlatformSettings("crois", "crois", "crois", List.of(), List.of(), "crois-on-demand", "crois-spot");
    }

    /**
     * Reads the settings from the environment of a function: {@code CROIS_TABLE}, {@code CROIS_BUCKET},
     * {@code CROIS_CLUSTER}, {@code CROIS_SUBNETS} and {@code CROIS_SECURITY_GROUPS} (separated by commas),
     * {@code CROIS_QUEUE_ON_DEMAND}, {@code CROIS_QUEUE_SPOT}. What is absent has its default.
     */
    public static PlatformSettings fromEnvironment(Map<String, String> environment) {
        PlatformSettings defaults = defaults();
        return new PlatformSettings(
                environment.getOrDefault("CROIS_TABLE", defaults.table),
                environment.getOrDefault("CROIS_BUCKET", defaults.bucket),
                environment.getOrDefault("CROIS_CLUSTER", defaults.cluster),
                list(environment.getOrDefault("CROIS_SUBNETS", "")),
                list(environment.getOrDefault("CROIS_SECURITY_GROUPS", "")),
                environment.getOrDefault("CROIS_QUEUE_ON_DEMAND", defaults.onDemandQueue),
                environment.getOrDefault("CROIS_QUEUE_SPOT", defaults.spotQueue));
    }

    /** Returns the same settings with another table. */
    public PlatformSettings withTable(String name) {
        return new PlatformSettings(name, bucket, cluster, subnets, securityGroups, onDemandQueue, spotQueue);
    }

    private static List<String> list(String text) {
        return text.isBlank() ? List.of() : List.of(text.trim().split("\\s*,\\s*"));
    }
}

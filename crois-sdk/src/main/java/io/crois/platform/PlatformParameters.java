package io.crois.platform;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What differs from account to account: the parameters of the platform's template.
 *
 * @param prefix what every name begins with, and what the stack is called: a letter and up to 15 lower-case letters,
 *     digits or hyphens
 * @param codeBucket the bucket for the functions' jar and the agent's bundle; it is made when it is not there
 * @param subnets where containers run, at least one
 * @param securityGroups what containers may reach, at least one
 * @param others other parameters of the template, such as {@code MaxSpotVcpus} or {@code AlarmTopic}, by name
 */
public record PlatformParameters(
        String prefix,
        String codeBucket,
        List<String> subnets,
        List<String> securityGroups,
        Map<String, String> others) {
    private static final Pattern PREFIX = Pattern.compile("[a-z][a-z0-9-]{0,15}");
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

    /**
     * Checks all of them.
     *
     * @throws IllegalArgumentException if any is not as it must be; the message names every one
     */
    public PlatformParameters {
        List<String> problems = new ArrayList<>();
        if (!PREFIX.matcher(prefix).matches()) {
            problems.add("The prefix must be a letter and up to 15 lower-case letters, digits or hyphens, but was `"
                    + prefix + "`.");
        }
        if (!BUCKET.matcher(codeBucket).matches()) {
            problems.add(
                    "The code bucket must be named as S3 asks (3 to 63 lower-case letters, digits, dots or hyphens), but"
                            + " was `" + codeBucket + "`.");
        }
        if (subnets.isEmpty()) {
            problems.add("There are no subnets. Name at least one in which containers may run.");
        }
        if (securityGroups.isEmpty()) {
            problems.add("There are no security groups. Name at least one that lets HTTPS out.");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
        subnets = List.copyOf(subnets);
        securityGroups = List.copyOf(securityGroups);
        others = Map.copyOf(others);
    }

    /** Returns parameters with the template's own defaults for everything else. */
    public static PlatformParameters of(
            String prefix, String codeBucket, List<String> subnets, List<String> securityGroups) {
        return new PlatformParameters(prefix, codeBucket, subnets, securityGroups, Map.of());
    }

    /** Returns the values for the template, by parameter. */
    Map<String, String> values(PlatformCode code) {
        Map<String, String> values = new TreeMap<>(others);
        values.put("Prefix", prefix);
        values.put("Subnets", String.join(",", subnets));
        values.put("SecurityGroups", String.join(",", securityGroups));
        values.put("CodeBucket", codeBucket);
        values.put("FunctionsKey", code.functionsKey());
        values.put("AgentBundleKey", code.agentBundleKey());
        return values;
    }
}

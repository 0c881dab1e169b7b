package io.crois.execution;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a deployment would change; {@link #toString} is for a person.
 *
 * @param workflow its name
 * @param isDeployed whether this very version is deployed, so that only the alias may have to move
 * @param registrations the images that need a new revision of a task or job definition, with the family
 * @param changes what differs from the version that the alias names, by step, by forEach and by state
 * @param warnings what the author should know before
 */
public record DeploymentPlan(
        String workflow, boolean isDeployed, List<String> registrations, List<Change> changes, List<String> warnings) {

    public DeploymentPlan {
        registrations = List.copyOf(registrations);
        changes = List.copyOf(changes);
        warnings = List.copyOf(warnings);
    }

    /**
     * One difference.
     *
     * @param place {@code step train}, {@code state tune · each}, {@code machine}
     * @param details a line for each member that differs: its path, what it was and what it will be
     */
    public record Change(Kind kind, String place, List<String> details) {
        public Change {
            details = List.copyOf(details);
        }

        private Stream<String> lines() {
            return Stream.concat(
                    Stream.of("  " + kind.sign + " " + place), details.stream().map(detail -> "      " + detail));
        }
    }

    /** What becomes of a place. */
    public enum Kind {
        ADDED("+"),
        REMOVED("-"),
        CHANGED("~");

        private final String sign;

        Kind(String sign) {
            this.sign = sign;
        }
    }

    /** Returns whether a deployment would register or publish anything. */
    public boolean isEmpty() {
        return isDeployed;
    }

    @Override
    public String toString() {
        List<String> lines = new ArrayList<>();
        lines.add("Workflow `" + workflow + "`: "
                + (isDeployed ? "this version is deployed." : "a new version of its state machine is published."));
        changes.stream().flatMap(Change::lines).forEach(lines::add);
        registrations.forEach(image -> lines.add("  register " + image));
        warnings.forEach(warning -> lines.add("  Warning: " + warning));
        return String.join("\n", lines);
    }
}

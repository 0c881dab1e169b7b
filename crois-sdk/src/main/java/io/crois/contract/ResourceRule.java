package io.crois.contract;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the size of a step's machine is found.
 *
 * @param artifact the input whose size in bytes decides, or {@code null}
 * @param value the number that decides, or {@code null}; with neither, {@code otherwise} is the fixed size
 * @param tiers from small to large; the first whose limit is not passed is taken
 * @param otherwise taken when every limit is passed, or when there are none
 */
public record ResourceRule(
        @Nullable ArtifactUse artifact, @Nullable Value value, List<Tier> tiers, Machine otherwise) {

    public ResourceRule {
        tiers = tiers == null ? List.of() : List.copyOf(tiers);
    }

    /** Returns a rule that always gives the same machine. */
    public static ResourceRule fixed(Machine machine) {
        return new ResourceRule(null, null, List.of(), machine);
    }

    /** Returns whether the machine does not depend on anything known at run time only. */
    @JsonIgnore
    public boolean isFixed() {
        return tiers.isEmpty();
    }

    /** Returns the machine for a measure: bytes of the artifact, or the number. */
    public Machine machineFor(double measure) {
        return tiers.stream()
                .filter(tier -> measure <= tier.upTo())
                .findFirst()
                .map(Tier::machine)
                .orElse(otherwise);
    }

    /**
     * One row of the rule.
     *
     * @param upTo the largest measure for which the machine is taken, inclusive
     */
    public record Tier(double upTo, Machine machine) {}
}

package io.crois.workflow;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How large the machine of a step is: fixed, or by a rule looked up when the step is prepared. */
public sealed interface Resources {

    /** Returns a machine with so many vCPU and 2 GiB of memory each; {@link Fixed} changes the rest. */
    static Fixed cpu(double cpu) {
        return new Fixed(cpu, Size.gib(2 * cpu), 0, null);
    }

    /** Starts a rule by the size of an artifact that the step consumes. */
    static ByArtifact scaledBy(Artifact artifact) {
        return new ByArtifact(artifact, List.of());
    }

    /** Starts a rule by the number given for a parameter. */
    static ByParameter scaledBy(Parameter<? extends Number> parameter) {
        return new ByParameter(parameter, List.of());
    }

    /**
     * One size of machine.
     *
     * @param cpu vCPU, above 0
     * @param disk scratch space, or {@code null} for what the back end gives (20 GiB on Fargate)
     */
    record Fixed(double cpu, Size memory, int gpu, @Nullable Size disk) implements Resources {
        public Fixed {
            if (!(cpu > 0)) {
                throw new IllegalArgumentException("cpu must be above 0, but was " + cpu + ".");
            }
            if (gpu < 0) {
                throw new IllegalArgumentException("gpu must be at least 0, but was " + gpu + ".");
            }
        }

        /** Sets the memory. */
        public Fixed memory(Size size) {
            return new Fixed(cpu, size, gpu, disk);
        }

        /** Sets how many GPUs the step needs; one or more means AWS Batch. */
        public Fixed gpu(int count) {
            return new Fixed(cpu, memory, count, disk);
        }

        /** Sets the scratch space. */
        public Fixed disk(Size size) {
            return new Fixed(cpu, memory, gpu, size);
        }
    }

    /**
     * A rule: the first tier whose limit is not passed decides.
     *
     * @param artifact whose size in bytes is measured, or {@code null}
     * @param parameter whose number is measured, or {@code null}; exactly one of the two is there
     */
    record Scaled(@Nullable Artifact artifact, @Nullable Parameter<?> parameter, List<Tier> tiers, Fixed otherwise)
            implements Resources {
        public Scaled {
            tiers = List.copyOf(tiers);
        }
    }

    /**
     * One row of a rule.
     *
     * @param upTo the largest measure (bytes, or the number) for which the machine is taken, inclusive
     */
    record Tier(double upTo, Fixed machine) {}

    /** A rule by the size of an artifact, not finished. */
    record ByArtifact(Artifact artifact, List<Tier> tiers) {
        /** Appends the machine for sizes up to {@code limit}, inclusive. */
        public ByArtifact upTo(Size limit, Fixed machine) {
            return new ByArtifact(artifact, append(tiers, limit.bytes(), machine));
        }

        /** Ends the rule with the machine for everything larger. */
        public Resources otherwise(Fixed machine) {
            return new Scaled(artifact, null, tiers, machine);
        }
    }

    /** A rule by a parameter, not finished. */
    record ByParameter(Parameter<? extends Number> parameter, List<Tier> tiers) {
        /** Appends the machine for numbers up to {@code limit}, inclusive. */
        public ByParameter upTo(double limit, Fixed machine) {
            return new ByParameter(parameter, append(tiers, limit, machine));
        }

        /** Ends the rule with the machine for everything larger. */
        public Resources otherwise(Fixed machine) {
            return new Scaled(null, parameter, tiers, machine);
        }
    }

    private static List<Tier> append(List<Tier> tiers, double limit, Fixed machine) {
        List<Tier> longer = new ArrayList<>(tiers);
        longer.add(new Tier(limit, machine));
        return List.copyOf(longer);
    }
}

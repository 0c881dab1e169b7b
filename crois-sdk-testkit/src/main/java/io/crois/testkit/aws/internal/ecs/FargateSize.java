package io.crois.testkit.aws.internal.ecs;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A size of task that Fargate offers.
 *
 * @param cpu units of a 1,024th vCPU
 * @param memory MiB
 */
record FargateSize(int cpu, int memory) {

    private static final int UNITS = 1_024;
    private static final int GIB = 1_024;
    private static final Pattern CPU_TEXT = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*v[cC][pP][uU]");
    private static final Pattern MEMORY_TEXT = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*[gG][bB]");

    private static final Map<Integer, Set<Integer>> OFFERED = offered();

    /**
     * Reads a size as requests give it.
     *
     * @param cpu units such as {@code 1024}, or {@code 1 vCPU}
     * @param memory MiB such as {@code 2048}, or {@code 2 GB}
     */
    static FargateSize of(@Nullable String cpu, @Nullable String memory) {
        if (cpu == null || memory == null) {
            throw EcsRefusal.client(
                    "Fargate requires that '" + (cpu == null ? "cpu" : "memory") + "' be defined at the task level.");
        }
        FargateSize size =
                new FargateSize(number(cpu, CPU_TEXT, UNITS, "cpu"), number(memory, MEMORY_TEXT, GIB, "memory"));
        if (!OFFERED.getOrDefault(size.cpu, Set.of()).contains(size.memory)) {
            throw EcsRefusal.client("No Fargate configuration exists for given values: " + size.cpu + " CPU, "
                    + size.memory + " memory.");
        }
        return size;
    }

    private static int number(String text, Pattern withUnit, int factor, String name) {
        Matcher matcher = withUnit.matcher(text.trim());
        try {
            return matcher.matches()
                    ? (int) Math.round(Double.parseDouble(matcher.group(1)) * factor)
                    : Integer.parseInt(text.trim());
        } catch (NumberFormatException e) {
            throw EcsRefusal.client("Invalid '" + name + "' setting for task.");
        }
    }

    private static Map<Integer, Set<Integer>> offered() {
        Map<Integer, Set<Integer>> offered = new TreeMap<>();
        offered.put(256, Set.of(512, GIB, 2 * GIB));
        offered.put(512, range(1, 4, 1));
        offered.put(1_024, range(2, 8, 1));
        offered.put(2_048, range(4, 16, 1));
        offered.put(4_096, range(8, 30, 1));
        offered.put(8_192, range(16, 60, 4));
        offered.put(16_384, range(32, 120, 8));
        offered.put(32_768, Set.of(60 * GIB, 120 * GIB, 244 * GIB));
        return offered;
    }

    private static Set<Integer> range(int fromGib, int toGib, int stepGib) {
        return IntStream.rangeClosed(0, (toGib - fromGib) / stepGib)
                .mapToObj(step -> (fromGib + step * stepGib) * GIB)
                .collect(Collectors.toUnmodifiableSet());
    }
}

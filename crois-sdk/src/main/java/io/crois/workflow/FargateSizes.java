package io.crois.workflow;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** The sizes of machine that Amazon ECS offers on Fargate. */
final class FargateSizes {
    private static final long GIB = 1024;
    private static final List<Row> ROWS = List.of(
            new Row(0.25, new long[] {512, GIB, 2 * GIB}),
            row(0.5, 1, 4, 1),
            row(1, 2, 8, 1),
            row(2, 4, 16, 1),
            row(4, 8, 30, 1),
            row(8, 16, 60, 4),
            row(16, 32, 120, 8),
            new Row(32, new long[] {60 * GIB, 120 * GIB, 244 * GIB}));

    private FargateSizes() {}

    private record Row(double cpu, long[] memoryMib) {}

    static boolean offers(Resources.Fixed machine) {
        return ROWS.stream()
                .filter(row -> row.cpu == machine.cpu())
                .flatMapToLong(row -> LongStream.of(row.memoryMib))
                .anyMatch(mib -> Size.mib(mib).equals(machine.memory()));
    }

    /** Returns the smallest size that is not below the machine, as text; empty when there is none. */
    static String nextUp(Resources.Fixed machine) {
        for (Row row : ROWS) {
            for (long mib : row.memoryMib) {
                Size memory = Size.mib(mib);
                if (row.cpu >= machine.cpu() && memory.compareTo(machine.memory()) >= 0) {
                    return text(Resources.cpu(row.cpu).memory(memory));
                }
            }
        }
        return "";
    }

    static String text(Resources.Fixed machine) {
        double cpu = machine.cpu();
        return (cpu == Math.rint(cpu) ? String.valueOf((long) cpu) : String.valueOf(cpu)) + " vCPU with "
                + machine.memory();
    }

    private static Row row(double cpu, int fromGib, int toGib, int stepGib) {
        long[] sizes = IntStream.rangeClosed(0, (toGib - fromGib) / stepGib)
                .mapToLong(i -> (fromGib + (long) i * stepGib) * GIB)
                .toArray();
        return new Row(cpu, sizes);
    }
}

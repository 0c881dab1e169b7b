package io.crois.runtime.lambda;

import io.crois.contract.Machine;
import java.util.List;
import java.util.stream.LongStream;

/**
 * A size of task that Amazon ECS offers on Fargate.
 *
 * @param cpuUnits 1,024 for one vCPU
 */
record FargateSize(int cpuUnits, long memoryMib) {
    private static final long GIB = 1024;
    private static final int UNITS_PER_CPU = 1024;
    private static final List<FargateSize> OFFERED = LongStream.of(256, 512, 1024, 2048, 4096, 8192, 16_384, 32_768)
            .boxed()
            .flatMap(cpu -> memories(cpu.intValue()).mapToObj(mib -> new FargateSize(cpu.intValue(), mib)))
            .toList();

    /**
     * Returns the smallest size that is not below the machine in CPU or memory.
     *
     * @throws WrongValue if there is none
     */
    static FargateSize atLeast(Machine machine) {
        return OFFERED.stream()
                .filter(size -> size.cpuUnits >= machine.cpu() * UNITS_PER_CPU && size.memoryMib >= machine.memoryMib())
                .findFirst()
                .orElseThrow(() -> new WrongValue("Fargate offers no task of " + machine.cpu() + " vCPU with "
                        + machine.memoryMib() + " MiB. Use Backend.BATCH or Backend.AUTO."));
    }

    private static LongStream memories(int cpuUnits) {
        return switch (cpuUnits) {
            case 256 -> LongStream.of(GIB / 2, GIB, 2 * GIB);
            case 512 -> range(1, 4, 1);
            case 1024 -> range(2, 8, 1);
            case 2048 -> range(4, 16, 1);
            case 4096 -> range(8, 30, 1);
            case 8192 -> range(16, 60, 4);
            case 16_384 -> range(32, 120, 8);
            default -> LongStream.of(60 * GIB, 120 * GIB, 244 * GIB);
        };
    }

    private static LongStream range(int fromGib, int toGib, int stepGib) {
        return LongStream.iterate(fromGib, gib -> gib <= toGib, gib -> gib + stepGib)
                .map(gib -> gib * GIB);
    }
}

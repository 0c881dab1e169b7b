package io.crois.contract;

/**
 * The size of the machine that one attempt gets.
 *
 * @param cpu vCPU, 0.25 and up
 * @param memoryMib memory in MiB
 * @param gpu number of GPUs; more than 0 needs AWS Batch
 * @param diskGib ephemeral disk in GiB; 0 stands for what the back end gives by default (20 GiB on Fargate)
 */
public record Machine(double cpu, long memoryMib, int gpu, int diskGib) {

    /** The most memory that Fargate offers. */
    public static final long FARGATE_MEMORY_MIB = 244 * 1024L;

    private static final double FARGATE_CPU = 32;
    private static final int FARGATE_DISK_GIB = 200;

    /** Returns whether Fargate offers a machine at least as large as this one. */
    public boolean fitsFargate() {
        return gpu == 0 && cpu <= FARGATE_CPU && memoryMib <= FARGATE_MEMORY_MIB && diskGib <= FARGATE_DISK_GIB;
    }

    /** Returns the same machine with other memory. */
    public Machine withMemoryMib(long memory) {
        return new Machine(cpu, memory, gpu, diskGib);
    }
}

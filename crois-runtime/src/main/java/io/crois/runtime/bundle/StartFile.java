package io.crois.runtime.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code agent.start}: what the first process starts. {@code %} stands for the bundle's folder, {@code @} for the
 * control pipe.
 */
final class StartFile {
    private static final List<String> ENVIRONMENT = List.of("LOCPATH=%/locale", "LC_ALL=C.UTF-8", "MALLOC_ARENA_MAX=1");

    private static final List<String> PROGRAM =
            List.of("%/lib/" + CLibrary.LOADER, "--library-path", "%/lib:%/rt/lib:%/rt/lib/server", "%/rt/bin/java");

    private static final String SOON = "CompileThresholdScaling,sun.security.provider.DigestBase";
    private static final String SOONER = "0.001";

    /**
     * The agent shares the memory of the user's job; it waits most of its life, so that the simplest collector is the
     * best. Both compilers are there: only the second one makes SHA-256 with the processor's own instructions, which
     * takes a fortieth of the time, so that it does so at once; it compiles what else is truly hot, and nothing that a
     * few thousand small files call. When it fails, it fails without a file in the user's folder.
     */
    private static final List<String> OPTIONS = List.of(
            "-Xms8m",
            "-Xmx48m",
            "-Xss512k",
            "-XX:+UseSerialGC",
            "-XX:Tier4InvocationThreshold=100000",
            "-XX:Tier4MinInvocationThreshold=50000",
            "-XX:Tier4CompileThreshold=200000",
            "-XX:Tier4BackEdgeThreshold=400000",
            "-XX:CompileCommand=quiet",
            "-XX:CompileCommand=" + SOON + "::implCompressMultiBlock," + SOONER,
            "-XX:CompileCommand=" + SOON + "::implCompressMultiBlock0," + SOONER,
            "-XX:ReservedCodeCacheSize=24m",
            "-XX:MaxDirectMemorySize=16m",
            "-XX:-UsePerfData",
            "-XX:+DisableAttachMechanism",
            "-XX:+CrashOnOutOfMemoryError",
            "-XX:ErrorFile=/dev/null",
            "-XX:-CreateCoredumpOnCrash",
            "-Xlog:disable",
            "-Xlog:all=error:stderr",
            "-Djdk.lang.Process.launchMechanism=FORK",
            "-Dcrois.home=%",
            "-Dcrois.pipe=@");

    private static final List<String> MAIN = List.of("-cp", "%/agent.jar", "io.crois.runtime.agent.AgentMain");

    private StartFile() {}

    /** Writes the file with more options than the usual. */
    static void write(Path home, List<String> more) throws IOException {
        List<String> lines = new ArrayList<>(ENVIRONMENT);
        lines.addAll(PROGRAM);
        lines.addAll(OPTIONS);
        lines.addAll(more);
        lines.addAll(MAIN);
        Files.writeString(home.resolve("agent.start"), String.join("\n", lines) + "\n");
    }
}

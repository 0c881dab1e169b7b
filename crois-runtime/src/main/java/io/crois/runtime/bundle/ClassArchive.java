package io.crois.runtime.bundle;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An archive of the agent's classes as the runtime has them in memory, learnt from an attempt that it carries out
 * against services that are made up. It more than halves the time of a start.
 */
final class ClassArchive {
    /** The release since which classes are archived linked, and with what was learnt of their methods. */
    private static final int CACHES = 25;

    /** Compiling at once what was hot in the rehearsal costs a start more than it gives to one that transfers. */
    private static final String NO_REPLAY = "-XX:-AOTReplayTraining";

    private final Bundle bundle;

    ClassArchive(Bundle bundle) {
        this.bundle = bundle;
    }

    void make() throws IOException, InterruptedException {
        Path home = bundle.home();
        boolean cache = bundle.jdk().version() >= CACHES;
        String use = cache ? "-XX:AOTCache=%/agent.aot" : "-XX:SharedArchiveFile=%/agent.jsa";
        String mustBeUsed = cache ? "-XX:AOTMode=on" : "-Xshare:on";
        try (RehearsalServices services = RehearsalServices.start(bundle.jdk())) {
            if (cache) {
                rehearse(services, "-XX:AOTCacheOutput=%/agent.aot");
            } else {
                dumpBase();
                rehearse(services, "-XX:ArchiveClassesAtExit=%/agent.jsa");
            }
            rehearse(services, use, mustBeUsed);
        }
        StartFile.write(home, cache ? List.of(use, "-XX:+UnlockDiagnosticVMOptions", NO_REPLAY) : List.of(use));
    }

    /** A runtime made by {@code jlink} comes without the archive that one of the agent's classes builds on. */
    private void dumpBase() throws IOException, InterruptedException {
        String java = bundle.home().resolve("rt/bin/java").toString();
        Tool.run(List.of(java, "-XX:+UseSerialGC", "-Xshare:dump"));
    }

    private void rehearse(RehearsalServices services, String... options) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(services.trust());
        StartFile.write(bundle.home(), all);
        Tool.run(List.of(bundle.home().resolve("agent").toString()), services.environment());
    }
}

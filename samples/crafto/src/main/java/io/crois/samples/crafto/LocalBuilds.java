package io.crois.samples.crafto;

import io.crois.execution.Execution;
import io.crois.samples.crafto.step.CraftoStep;
import io.crois.testkit.LocalCrois;
import io.crois.testkit.container.LocalProcessContainers;
import io.crois.workflow.Arguments;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Builds on this machine: each step is a process of its own. */
final class LocalBuilds implements Builds {
    private static final int KEY_BYTES = 32;

    private final LocalCrois local;

    private LocalBuilds(LocalCrois local) {
        this.local = local;
    }

    static Builds open(Path store) {
        return new LocalBuilds(LocalCrois.builder()
                .store(store)
                .project("crafto")
                .image(ModelBuilding.IMAGE, LocalProcessContainers.javaCommand(CraftoStep.class))
                .secret(ModelBuilding.SECRET, signingKey())
                .build());
    }

    /** Stands for the key that a company would keep in Secrets Manager. */
    private static String signingKey() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return HexFormat.of().formatHex(key);
    }

    @Override
    public Build start(Arguments arguments) {
        return new LocalBuild(local.crois().submit(ModelBuilding.workflow(), arguments));
    }

    @Override
    public Optional<Build> find(String id) {
        return local.crois().execution(id).map(LocalBuild::new);
    }

    @Override
    public List<Build> all() {
        return local.crois().executions().map(LocalBuilds::build).toList();
    }

    private static Build build(Execution execution) {
        return new LocalBuild(execution);
    }

    @Override
    public void close() {
        local.close();
    }
}

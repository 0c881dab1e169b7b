package io.crois.samples.crafto;

import io.crois.samples.crafto.step.Refusal;
import io.crois.workflow.Arguments;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The builds of a store: those that ran, and those that are started here. */
interface Builds extends AutoCloseable {
    /** Opens the builds of a store, which is made if there is none. */
    interface Opener {
        Builds open(Path store);
    }

    Build start(Arguments arguments);

    Optional<Build> find(String id);

    /** All builds, the latest first. */
    List<Build> all();

    @Override
    void close();

    /** Returns the build of this name. */
    default Build get(String id) {
        return find(id).orElseThrow(() -> new Refusal(
                "Command line: there is no execution `" + id + "` in this store. `list` tells which there are."));
    }

    /** Returns the latest build that succeeded. */
    default Build latestGood() {
        return all().stream()
                .filter(build -> build.status().equals("SUCCEEDED"))
                .findFirst()
                .orElseThrow(() -> new Refusal("Store: no build has succeeded yet. Run `build` first."));
    }
}

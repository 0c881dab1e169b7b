package io.crois.samples.crafto;

import io.crois.samples.crafto.step.Refusal;
import java.nio.file.Path;

/** Builds on this machine. */
final class LocalBuilds {
    private LocalBuilds() {}

    static Builds open(Path store) {
        throw new Refusal("Store `" + store + "`: this version of Crafto cannot run builds yet. `asl` works.");
    }
}

package io.crois.testkit.project;

import static org.assertj.core.api.Assertions.assertThat;

import io.crois.testkit.project.FaultyClients.Cut;
import io.crois.testkit.project.FaultyClients.Fault;
import io.crois.testkit.project.ProvisionerContract.Check;
import io.crois.testkit.project.ProvisionerContract.Work;
import java.util.function.Supplier;

/** Disturbs the first run at each call in each way; a second run finishes what is left. */
record EveryFault(Supplier<World> start, Work work, Check check) {

    void all() {
        World undisturbed = start.get();
        FaultyClients counted =
                new FaultyClients(undisturbed.clients, Fault.NONE, -1, () -> {}, undisturbed.time::instant);
        work.with(undisturbed, undisturbed.provisioner(counted.clients));
        check.of(undisturbed, "undisturbed");
        for (Fault fault : Fault.values()) {
            for (int at = 0; fault != Fault.NONE && at < counted.calls().size(); at++) {
                one(
                        fault,
                        at,
                        fault + " at call " + at + ", "
                                + counted.calls().get(at).operation());
            }
        }
    }

    private void one(Fault fault, int at, String what) {
        World world = start.get();
        FaultyClients faulty = new FaultyClients(
                world.clients, fault, at, () -> work.with(world, world.provisioner()), world.time::instant);
        boolean cut = fault == Fault.CUT_BEFORE || fault == Fault.CUT_AFTER;
        try {
            work.with(world, world.provisioner(faulty.clients));
            assertThat(cut).as(what).isFalse();
            check.of(world, what);
        } catch (Cut end) {
            assertThat(cut).as(what).isTrue();
        }
        work.with(world, world.provisioner());
        check.of(world, what + ", and again");
    }
}

package io.crois.testkit.project;

import static org.assertj.core.api.Assertions.assertThat;

import io.crois.testkit.project.FaultyClients.Cut;
import io.crois.testkit.project.ProvisionerContract.Check;
import io.crois.testkit.project.ProvisionerContract.Work;
import java.util.function.Supplier;

/** Disturbs changes alone, many in one account, for imitations of which each call takes its time. */
record EachChange(Supplier<World> start, Work work, Check check) {
    private static final int MOST = 40;

    /** Lets a process die after its first change, the next one after the next change, until nothing is left. */
    void killed() {
        World world = start.get();
        int deaths = 0;
        while (diesIn(world)) {
            deaths++;
            assertThat(deaths).as("processes that died, and nothing was gained").isLessThan(MOST);
        }
        assertThat(deaths).as("processes that died").isPositive();
        check.of(world, "after " + deaths + " processes died");
    }

    private boolean diesIn(World world) {
        FaultyClients dying = FaultyClients.dyingAfterAChange(world.clients);
        try {
            work.with(world, world.provisioner(dying.clients));
            return false;
        } catch (Cut end) {
            return true;
        }
    }

    /** Lets every change of one process go wrong: by turns it gets no answer, or takes effect twice. */
    void outlived() {
        World world = start.get();
        FaultyClients faulty = FaultyClients.disturbingEachChange(world.clients);
        work.with(world, world.provisioner(faulty.clients));
        assertThat(faulty.hasDisturbed()).isTrue();
        check.of(world, "every change disturbed");
    }
}

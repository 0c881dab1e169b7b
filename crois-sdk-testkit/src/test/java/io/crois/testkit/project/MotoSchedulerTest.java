package io.crois.testkit.project;

import io.crois.testkit.moto.MotoServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import software.amazon.awssdk.services.scheduler.SchedulerClient;

final class MotoSchedulerTest extends SchedulerContract {

    @Override
    SchedulerClient scheduler() {
        try {
            return MotoServer.emptied().client(SchedulerClient.builder());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

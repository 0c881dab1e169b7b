package io.crois.testkit.project;

import io.crois.testkit.aws.InMemoryAws;
import software.amazon.awssdk.services.scheduler.SchedulerClient;

final class InMemorySchedulerContractTest extends SchedulerContract {
    @Override
    SchedulerClient scheduler() {
        return InMemoryAws.create().scheduler();
    }
}

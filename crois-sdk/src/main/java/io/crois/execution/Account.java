package io.crois.execution;

import io.crois.contract.PlatformSettings;
import io.crois.table.CroisTable;
import java.time.Clock;
import java.time.Duration;

/**
 * Where executions live: what every part of this package needs to reach them.
 *
 * @param clock gives the times that the SDK writes
 * @param pacing how it waits
 * @param pollInterval how often it asks for news while it waits or listens
 * @param machines how state machines log, trace and encrypt
 * @param limits how fast AWS is called
 */
public record Account(
        AwsClients clients,
        PlatformSettings platform,
        ProjectSettings project,
        Clock clock,
        Pacing pacing,
        Duration pollInterval,
        MachineSettings machines,
        RateLimits limits) {

    CroisTable table() {
        return CroisTable.create(clients.dynamoDb(), clients.s3(), platform, clock);
    }
}

package io.crois.runtime.agent.aws;

import io.crois.contract.PlatformSettings;
import io.crois.table.CroisTable;
import java.net.URI;
import java.time.Clock;

final class SdkTaskTableTest extends TaskTableContract {

    @Override
    TaskTable table(CroisTable sdk, URI endpoint, LocalS3 s3, PlatformSettings settings, Clock clock) {
        return new SdkTaskTable(sdk);
    }
}

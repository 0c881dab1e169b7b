package io.crois.runtime.agent.aws;

import io.crois.contract.PlatformSettings;
import io.crois.runtime.agent.http.HttpConnections;
import io.crois.runtime.agent.http.HttpLimits;
import io.crois.table.CroisTable;
import java.net.URI;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

final class HttpTaskTableTest extends TaskTableContract {
    private final HttpConnections http = HttpConnections.create(HttpLimits.defaults());

    @AfterEach
    void close() {
        http.close();
    }

    @Override
    TaskTable table(CroisTable sdk, URI endpoint, LocalS3 s3, PlatformSettings settings, Clock clock) {
        Map<String, String> environment =
                new HashMap<>(HttpObjectStoreTest.settings(http, s3).environment());
        environment.put("AWS_ENDPOINT_URL_DYNAMODB", endpoint.toString());
        AwsSettings aws = AwsSettings.of(environment, http);
        // Signatures are of today; only the feed lives by the test's clock.
        Retries retries = Retries.defaults();
        Retried objects = new Retried(new HttpObjectStore(http, aws, Clock.systemUTC()), retries);
        JsonService dynamoDb = JsonService.dynamoDb(http, aws, retries, Clock.systemUTC());
        return new HttpTaskTable(dynamoDb, objects, settings, clock);
    }
}

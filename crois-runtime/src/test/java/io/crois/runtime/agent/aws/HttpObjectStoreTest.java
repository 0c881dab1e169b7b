package io.crois.runtime.agent.aws;

import io.crois.runtime.agent.http.HttpConnections;
import io.crois.runtime.agent.http.HttpLimits;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

final class HttpObjectStoreTest extends ObjectStoreContract {
    private final HttpConnections http = HttpConnections.create(HttpLimits.defaults());

    @AfterEach
    void close() {
        http.close();
    }

    @Override
    ObjectStore store(LocalS3 server) {
        return new HttpObjectStore(http, settings(http, server), Clock.systemUTC());
    }

    static AwsSettings settings(HttpConnections http, LocalS3 server) {
        Map<String, String> environment = Map.of(
                "AWS_REGION",
                "us-east-1",
                "AWS_ACCESS_KEY_ID",
                LocalS3.ID,
                "AWS_SECRET_ACCESS_KEY",
                LocalS3.SECRET,
                "AWS_ENDPOINT_URL_S3",
                server.endpoint().toString());
        return AwsSettings.of(environment, http);
    }
}

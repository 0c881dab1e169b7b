package io.crois.runtime.agent.aws;

final class SdkObjectStoreTest extends ObjectStoreContract {

    @Override
    ObjectStore store(LocalS3 server) {
        return new SdkObjectStore(server.client());
    }
}

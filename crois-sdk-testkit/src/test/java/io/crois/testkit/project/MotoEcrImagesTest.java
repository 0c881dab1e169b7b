package io.crois.testkit.project;

import io.crois.testkit.moto.MotoServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import software.amazon.awssdk.services.ecr.EcrClient;

final class MotoEcrImagesTest extends EcrImagesContract {

    @Override
    EcrClient registry() {
        try {
            return MotoServer.emptied().client(EcrClient.builder());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

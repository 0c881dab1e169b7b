package io.crois.testkit.aws.internal.integration;

import io.crois.testkit.engine.TaskIntegration;
import java.util.Optional;

/** A service that is reached through {@code aws-sdk}. */
@FunctionalInterface
interface SdkService {

    /** Returns who runs tasks of this action. */
    Optional<TaskIntegration> find(String action);

    /** A service of which every operation of its client can be reached, unless it streams. */
    static <C> SdkService of(Class<C> type, C client) {
        return action -> SdkOperation.find(type, client, action, SdkJson.ofSdk())
                .map(operation -> new ApiCall(operation, ErrorNames.ofSdk(type)));
    }
}

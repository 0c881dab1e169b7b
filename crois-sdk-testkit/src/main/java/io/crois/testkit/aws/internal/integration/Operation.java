package io.crois.testkit.aws.internal.integration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** One operation of a service. */
@FunctionalInterface
interface Operation {

    /**
     * Calls the service.
     *
     * @throws ArgumentsRefused if the arguments do not fit
     */
    ObjectNode call(JsonNode arguments);
}

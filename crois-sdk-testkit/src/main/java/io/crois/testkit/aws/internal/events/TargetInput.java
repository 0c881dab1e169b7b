package io.crois.testkit.aws.internal.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider;
import com.jayway.jsonpath.spi.mapper.JacksonMappingProvider;
import software.amazon.awssdk.services.eventbridge.model.Target;

/** What a target is given: the event, a part of it, or a text of its own. */
final class TargetInput {

    private static final Configuration PATHS = Configuration.builder()
            .jsonProvider(new JacksonJsonNodeJsonProvider())
            .mappingProvider(new JacksonMappingProvider())
            .build();

    private TargetInput() {}

    static void check(Target target) {
        if (target.inputTransformer() != null) {
            throw new UnsupportedOperationException("Input transformers of targets are not in memory.");
        }
        if (target.input() != null && target.inputPath() != null) {
            throw EventRefusal.validation(
                    "Only one of Input, InputPath, or InputTransformer must be provided for target " + target.id()
                            + ".");
        }
        if (target.inputPath() != null) {
            try {
                JsonPath.compile(target.inputPath());
            } catch (InvalidPathException e) {
                throw EventRefusal.validation("Invalid InputPath for target " + target.id() + ".");
            }
        }
    }

    /** Returns JSON text; a path that leads nowhere gives JSON's null. */
    static String of(Target target, JsonNode event) {
        if (target.input() != null) {
            return target.input();
        }
        if (target.inputPath() == null) {
            return event.toString();
        }
        try {
            JsonNode part = JsonPath.using(PATHS).parse(event).read(target.inputPath());
            return part.toString();
        } catch (InvalidPathException e) {
            return "null";
        }
    }
}

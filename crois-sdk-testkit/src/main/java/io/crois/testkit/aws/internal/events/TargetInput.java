package io.crois.testkit.aws.internal.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider;
import com.jayway.jsonpath.spi.mapper.JacksonMappingProvider;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.services.eventbridge.model.InputTransformer;
import software.amazon.awssdk.services.eventbridge.model.Target;

/** What a target is given: the event, a part of it, or a text of its own. */
final class TargetInput {

    private static final Configuration PATHS = Configuration.builder()
            .jsonProvider(new JacksonJsonNodeJsonProvider())
            .mappingProvider(new JacksonMappingProvider())
            .build();

    private static final Pattern VARIABLE = Pattern.compile("<([A-Za-z0-9_.-]+)>");

    private TargetInput() {}

    static void check(Target target) {
        InputTransformer transformer = target.inputTransformer();
        long ways = Stream.of(target.input(), target.inputPath(), transformer)
                .filter(Objects::nonNull)
                .count();
        if (ways > 1) {
            throw EventRefusal.validation(
                    "Only one of Input, InputPath, or InputTransformer must be provided for target " + target.id()
                            + ".");
        }
        if (target.inputPath() != null) {
            checkPath(target.inputPath(), "Invalid InputPath for target " + target.id() + ".");
        }
        if (transformer != null) {
            check(target.id(), transformer);
        }
    }

    private static void check(String id, InputTransformer transformer) {
        transformer
                .inputPathsMap()
                .forEach((name, path) -> checkPath(path, "Invalid InputPath for target " + id + "."));
        VARIABLE.matcher(String.valueOf(transformer.inputTemplate())).results().forEach(variable -> {
            String name = variable.group(1);
            if (name.startsWith("aws.events.")) {
                throw new UnsupportedOperationException("`<" + name + ">` of input templates is not in memory.");
            }
            if (!transformer.inputPathsMap().containsKey(name)) {
                throw EventRefusal.validation(
                        "InputTemplate for target " + id + " contains invalid placeholder " + name + ".");
            }
        });
    }

    private static void checkPath(String path, String otherwise) {
        try {
            JsonPath.compile(path);
        } catch (InvalidPathException e) {
            throw EventRefusal.validation(otherwise);
        }
    }

    /** Returns JSON text; a path that leads nowhere gives JSON's null. */
    static String of(Target target, JsonNode event) {
        if (target.input() != null) {
            return target.input();
        }
        if (target.inputTransformer() != null) {
            return transformed(target.inputTransformer(), event);
        }
        return target.inputPath() == null ? event.toString() : part(event, target.inputPath());
    }

    /** A value that a path leads to is written as JSON; inside of quotes a text is written as it is. */
    private static String transformed(InputTransformer transformer, JsonNode event) {
        return VARIABLE.matcher(transformer.inputTemplate()).replaceAll(found -> {
            String value = part(event, transformer.inputPathsMap().getOrDefault(found.group(1), "$"));
            boolean quoted = isQuoted(transformer.inputTemplate(), found.start());
            boolean isText = value.startsWith("\"");
            return Matcher.quoteReplacement(quoted && isText ? value.substring(1, value.length() - 1) : value);
        });
    }

    private static boolean isQuoted(String template, int position) {
        boolean quoted = false;
        for (int i = 0; i < position; i++) {
            if (template.charAt(i) == '\\') {
                i++;
            } else if (template.charAt(i) == '"') {
                quoted = !quoted;
            }
        }
        return quoted;
    }

    private static String part(JsonNode event, String path) {
        try {
            JsonNode part = JsonPath.using(PATHS).parse(event).read(path);
            return part.toString();
        } catch (InvalidPathException e) {
            return "null";
        }
    }
}

package io.crois.asl;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.crois.asl.internal.DefinitionCheck;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reports every problem of a definition, and what only looks wrong as a warning, in the words of the service where
 * these are known: fields and their types and ranges in the language of their state, paths, intrinsic functions,
 * retriers and catchers, rules of a Choice, names of states, labels and variables, resources, and transitions.
 *
 * <p>An empty list means that nothing was found. The service may still refuse the definition: it also knows which calls
 * of each AWS service there are, and looks up the functions and roles that are named.
 */
public final class DefinitionValidator {
    private static final int SHOWN_SOURCE = 500;
    private static final Pattern UNKNOWN_TOKEN = Pattern.compile("Unrecognized token '([^']*)'");

    private final MachineType type;

    private DefinitionValidator(MachineType type) {
        this.type = type;
    }

    /** Returns a validator for machines of this type. */
    public static DefinitionValidator of(MachineType type) {
        return new DefinitionValidator(type);
    }

    /** Reports the problems of a text, which need not even be JSON; never throws for its content. */
    public List<Diagnostic> validate(String definition) {
        JsonNode node;
        try {
            node = AslReader.tree(definition);
        } catch (JsonProcessingException e) {
            return List.of(notJson(definition, e));
        }
        return node.isObject()
                ? validate(node)
                : List.of(Diagnostic.error(Diagnostic.SCHEMA, null, "Definition must be a valid JSON object"));
    }

    /** Reports the problems of an object that is nested within bounds. */
    List<Diagnostic> validate(JsonNode machine) {
        return DefinitionCheck.check(type, machine);
    }

    private static Diagnostic notJson(String definition, JsonProcessingException problem) {
        JsonLocation location = problem.getLocation() == null ? JsonLocation.NA : problem.getLocation();
        String where = "[Source: (String)" + source(definition) + "; line: " + location.getLineNr() + ", column: "
                + (location.getColumnNr() + tokenLength(problem)) + "]";
        return Diagnostic.error("INVALID_JSON_DESCRIPTION", where, problem.getOriginalMessage() + "\n at " + where);
    }

    /** The service names the column behind an unknown token, where Jackson now names the column of its start. */
    private static int tokenLength(JsonProcessingException problem) {
        Matcher token = UNKNOWN_TOKEN.matcher(problem.getOriginalMessage());
        return token.lookingAt() ? token.group(1).length() : 0;
    }

    private static String source(String definition) {
        int hidden = definition.length() - SHOWN_SOURCE;
        return hidden <= 0
                ? "\"" + definition + "\""
                : "\"" + definition.substring(0, SHOWN_SOURCE) + "\"[truncated " + hidden + " chars]";
    }
}

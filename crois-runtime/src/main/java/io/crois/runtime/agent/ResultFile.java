package io.crois.runtime.agent;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.contract.AgentExit;
import io.crois.contract.ResultProduct;
import io.crois.wire.JsonText;
import io.crois.wire.MalformedJsonException;
import io.crois.workflow.FailureClass;
import io.crois.workflow.ValueType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code results.json} and holds it against what the step declares. */
final class ResultFile {
    private static final long LIMIT_BYTES = 4L * 1024 * 1024;

    private ResultFile() {}

    /**
     * Returns the declared results; what is not declared is left out.
     *
     * @throws AgentFailure naming every result that is missing or has another type
     */
    static Map<String, JsonNode> read(Path file, List<ResultProduct> declared) {
        if (declared.isEmpty()) {
            return Map.of();
        }
        JsonNode found = parse(file);
        Map<String, JsonNode> results = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        for (ResultProduct result : declared) {
            JsonNode value = found.path(result.result());
            if (value.isMissingNode()) {
                problems.add("`" + result.result() + "` is missing");
            } else if (!fits(value, result.type())) {
                problems.add("`" + result.result() + "` is no " + result.type() + " but " + value.getNodeType());
            } else {
                results.put(result.result(), value);
            }
        }
        if (!problems.isEmpty()) {
            throw wrong("Declared results are not as declared in `results.json`: " + String.join(", ", problems)
                    + ". The command writes them to the file that `CROIS_RESULTS` names, as one JSON object.");
        }
        return results;
    }

    private static JsonNode parse(Path file) {
        try {
            if (!Files.exists(file)) {
                return JsonText.object();
            }
            if (Files.size(file) > LIMIT_BYTES) {
                throw wrong("`results.json` has " + Files.size(file) + " bytes, but at most " + LIMIT_BYTES
                        + " are read; write large data as an artifact.");
            }
            JsonNode json = JsonText.read(Files.readAllBytes(file));
            if (!json.isObject()) {
                throw wrong("`results.json` must hold one JSON object, but holds " + json.getNodeType() + ".");
            }
            return json;
        } catch (MalformedJsonException e) {
            throw wrong("`results.json` is not JSON: " + e.getMessage() + ".");
        } catch (IOException e) {
            throw wrong("`results.json` could not be read: " + e.getMessage());
        }
    }

    private static boolean fits(JsonNode value, ValueType type) {
        return switch (type) {
            case TEXT -> value.isTextual();
            case NUMBER -> value.isNumber();
            case INTEGER -> value.isNumber() && value.canConvertToExactIntegral() && value.canConvertToLong();
            case BOOLEAN -> value.isBoolean();
            case JSON -> true;
        };
    }

    private static AgentFailure wrong(String message) {
        return new AgentFailure(AgentExit.OUTPUT_MISSING, FailureClass.MISSING_OUTPUT, message);
    }
}

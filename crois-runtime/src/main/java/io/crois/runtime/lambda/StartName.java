package io.crois.runtime.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.contract.Json;
import io.crois.contract.StartRequest;
import io.crois.contract.StartRule;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** What the executions of a rule are called: by the time that was meant, or by what happened. */
final class StartName {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
    /** What tells one happening from another: of an object its version, of an execution its end. */
    private static final List<String> MARKS = List.of(
            "/bucket/name",
            "/object/key",
            "/object/sequencer",
            "/object/version-id",
            "/executionArn",
            "/status",
            "/stopDate");

    private StartName() {}

    static String of(StartRule rule, StartRequest request) {
        if (request.time() != null) {
            return rule.name() + "-" + TIME.format(request.time());
        }
        JsonNode detail = request.detail();
        if (detail == null) {
            throw new WrongValue("Rule `" + rule.name()
                    + "` was asked without a time and without an event. This is a bug in Crois, please report it.");
        }
        String happened =
                Json.digest(MARKS.stream().map(mark -> detail.at(mark).asText()).toList());
        return rule.name() + "-" + happened.substring(0, Math.min(15, happened.length()));
    }
}

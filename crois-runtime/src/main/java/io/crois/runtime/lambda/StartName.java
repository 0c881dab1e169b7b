package io.crois.runtime.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.contract.StartRequest;
import io.crois.contract.StartRule;
import io.crois.contract.UtcText;
import io.crois.wire.Records;
import java.time.Instant;
import java.util.List;

/** What the executions of a rule are called: by the time that was meant, or by what happened. */
final class StartName {
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

    /** Returns {@code 20260131-120000}. */
    static String time(Instant time) {
        String compact = UtcText.compact(time);
        return compact.substring(0, 8) + "-" + compact.substring(9, 15);
    }

    static String of(StartRule rule, StartRequest request) {
        if (request.time() != null) {
            return rule.name() + "-" + time(request.time());
        }
        JsonNode detail = request.detail();
        if (detail == null) {
            throw new WrongValue("Rule `" + rule.name()
                    + "` was asked without a time and without an event. This is a bug in Crois, please report it.");
        }
        String happened = Records.digest(
                MARKS.stream().map(mark -> detail.at(mark).asText()).toList());
        return rule.name() + "-" + happened.substring(0, Math.min(15, happened.length()));
    }
}

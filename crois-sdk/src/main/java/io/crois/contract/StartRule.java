package io.crois.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What starts executions of a workflow without a caller; the body of an item of the partition
 * {@code <project>##starts}. Its {@code toString} leaves out the arguments and the token.
 *
 * @param arguments of every execution, sealed ones encrypted
 * @param fromEvent parameter → where its argument stands in the detail of the event, a JSON Pointer (RFC 6901)
 * @param token what a {@link StartRequest} must know to be obeyed
 * @param paused whether nothing is started at present
 * @param terms what the executions do otherwise than the workflow says, {@code null} for nothing; left out of JSON then
 */
public record StartRule(
        String name,
        String workflow,
        Map<String, JsonNode> arguments,
        Map<String, String> fromEvent,
        StartCause cause,
        String token,
        boolean paused,
        Instant createdAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable SubmitTerms terms) {

    /** How long a name is at most, so that the name of every execution can begin with it. */
    public static final int LONGEST_NAME = 48;

    public StartRule {
        arguments = Map.copyOf(arguments);
        fromEvent = fromEvent == null ? Map.of() : Map.copyOf(fromEvent);
    }

    /** Creates a rule whose executions do what the workflow says. */
    public StartRule(
            String name,
            String workflow,
            Map<String, JsonNode> arguments,
            Map<String, String> fromEvent,
            StartCause cause,
            String token,
            boolean paused,
            Instant createdAt) {
        this(name, workflow, arguments, fromEvent, cause, token, paused, createdAt, null);
    }

    /** Returns what the executions do otherwise than the workflow says. */
    public SubmitTerms otherwise() {
        return terms == null ? SubmitTerms.none() : terms;
    }

    /** Returns this rule paused, or no longer. */
    public StartRule paused(boolean nothingStarts) {
        return new StartRule(name, workflow, arguments, fromEvent, cause, token, nothingStarts, createdAt, terms);
    }

    @Override
    public String toString() {
        return "StartRule[" + name + ", workflow=" + workflow + ", cause=" + cause + ", paused=" + paused + "]";
    }
}

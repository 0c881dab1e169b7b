package io.crois.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.contract.Deployment;
import io.crois.contract.ExecutionStatus;
import io.crois.contract.ItemList;
import io.crois.contract.PrepareRequest;
import io.crois.contract.Prepared;
import io.crois.contract.ProbeRequest;
import io.crois.contract.RouteDecision;
import io.crois.contract.RouteRequest;
import io.crois.contract.StartCause;
import io.crois.contract.StartRequest;
import io.crois.contract.StartRule;
import io.crois.contract.StoreRequest;

/** The JSON of what functions are asked and answer, and of what tells them what to start. */
final class RequestText {

    private RequestText() {}

    static PrepareRequest prepare(JsonNode json) {
        Members request = Members.of("a request to prepare", json);
        return new PrepareRequest(
                kind(request.text("kind")),
                OrderText.run(request.object("run")),
                request.text("workflow"),
                request.textOrNull("step"),
                request.textOrNull("forEach"),
                request.textOrNull("spec"),
                request.integerOrNull("attempt"),
                SpecText.valuesByNameOrNull(request, "values"));
    }

    private static PrepareRequest.Kind kind(String name) {
        return switch (name) {
            case "step" -> PrepareRequest.Kind.STEP;
            case "items" -> PrepareRequest.Kind.ITEMS;
            case "values" -> PrepareRequest.Kind.VALUES;
            default ->
                throw new IllegalArgumentException(
                        "`kind` of a request to prepare must be `step`, `items` or `values`.");
        };
    }

    static StoreRequest store(JsonNode json) {
        Members request = Members.of("a request to store", json);
        Members task = request.objectOrNull("task");
        return new StoreRequest(
                OrderText.run(request.object("run")),
                request.text("workflow"),
                request.text("step"),
                request.text("spec"),
                request.text("order"),
                request.integer("attempt"),
                task == null ? null : new StoreRequest.Task(task.textOrNull("arn"), task.numberOrNull("startedAt")));
    }

    static RouteRequest route(JsonNode json) {
        Members request = Members.of("a request to route", json);
        return new RouteRequest(
                OrderText.run(request.object("run")),
                request.text("workflow"),
                request.text("step"),
                request.text("spec"),
                request.text("order"),
                request.integer("attempt"),
                error(request.object("error")));
    }

    private static RouteRequest.ErrorOutput error(Members error) {
        return new RouteRequest.ErrorOutput(error.textOrNull("Error"), error.textOrNull("Cause"));
    }

    static StartRequest start(JsonNode json) {
        Members request = Members.of("a request to start", json);
        return new StartRequest(
                request.text("project"),
                request.text("rule"),
                request.text("token"),
                request.timeOrNull("time"),
                request.valueOrNull("detail"));
    }

    static ProbeRequest probe(JsonNode json) {
        Members request = Members.of("a request to probe", json);
        return new ProbeRequest(request.text("platform"), request.text("project"), request.time("time"));
    }

    static Deployment deployment(JsonNode json) {
        Members deployment = Members.of("a deployment", json);
        return new Deployment(
                deployment.text("workflow"),
                deployment.text("stateMachineArn"),
                deployment.text("digest"),
                deployment.text("definition"),
                deployment.texts("steps"),
                deployment.time("at"));
    }

    static StartRule rule(JsonNode json) {
        Members rule = Members.of("a start rule", json);
        return new StartRule(
                rule.text("name"),
                rule.text("workflow"),
                rule.valuesByName("arguments"),
                rule.textsByName("fromEvent"),
                cause(rule.object("cause")),
                rule.text("token"),
                rule.truth("paused"),
                rule.time("createdAt"),
                TermsText.submit(rule.objectOrNull("terms")));
    }

    private static StartCause cause(Members cause) {
        return switch (cause.text("on")) {
            case "time" ->
                new StartCause.Time(
                        cause.text("expression"),
                        cause.text("timeZone"),
                        cause.integer("windowMinutes"),
                        cause.timeOrNull("start"),
                        cause.timeOrNull("end"));
            case "object" -> new StartCause.ObjectCreated(cause.text("bucket"), cause.text("prefix"));
            case "execution" ->
                new StartCause.ExecutionEnded(
                        cause.text("workflow"), cause.constants("statuses", ExecutionStatus.class));
            default ->
                throw new IllegalArgumentException("`on` of " + cause.record() + " is nothing that starts a workflow.");
        };
    }

    static ObjectNode tree(Prepared prepared) {
        return new Shape()
                .with("attempt", prepared.attempt())
                .with("backend", prepared.backend())
                .with("batch", prepared.batch())
                .with("fargate", prepared.fargate())
                .with("order", prepared.order())
                .with("run", prepared.run())
                .json();
    }

    static ObjectNode tree(ItemList list) {
        return new Shape()
                .with("bucket", list.bucket())
                .with("key", list.key())
                .with("results", list.results())
                .json();
    }

    static ObjectNode tree(RouteDecision decision) {
        return new Shape()
                .with("attempt", decision.attempt())
                .with("run", decision.run())
                .with("wait", decision.waitSeconds())
                .json();
    }
}

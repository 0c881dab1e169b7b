package io.crois.compile;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.workflow.Backend;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes the states of a step: prepare, run, store, and on failure route and wait. */
final class StepStates {
    /** The name of the exception by which {@code prepare} says that the outputs of an equal attempt were published. */
    static final String REUSED = "io.crois.runtime.lambda.Reused";

    private final String workflow;
    private final PlatformNames platform;
    private final StepFrame frame;
    private final Exit exit;
    private final @Nullable Handler handler;
    private final String choice;
    private final String fargate;
    private final String batch;
    private final String store;
    private final String route;
    private final String wait;
    private final String reused;

    StepStates(
            String workflow,
            PlatformNames platform,
            StateNames names,
            StepFrame frame,
            Exit exit,
            @Nullable Handler handler) {
        this.workflow = workflow;
        this.platform = platform;
        this.frame = frame;
        this.exit = exit;
        this.handler = handler;
        this.choice = frame.backend() == Backend.AUTO ? names.part(frame.label(), " · back end") : "";
        this.fargate = frame.usesFargate() ? names.part(frame.label(), " · run on Fargate") : "";
        this.batch = frame.usesBatch() ? names.part(frame.label(), " · run on Batch") : "";
        this.store = names.part(frame.label(), " · store");
        this.route = names.part(frame.label(), " · route");
        this.wait = names.part(frame.label(), " · wait");
        this.reused = exit.ends() ? names.part(frame.label(), " · reused") : "";
    }

    void write(ObjectNode states) {
        states.set(frame.label(), prepare());
        if (frame.backend() == Backend.AUTO) {
            states.set(choice, chooseBackend());
        }
        if (frame.usesFargate()) {
            states.set(fargate, run("arn:aws:states:::ecs:runTask.sync", "fargate"));
        }
        if (frame.usesBatch()) {
            states.set(batch, run("arn:aws:states:::batch:submitJob.sync", "batch"));
        }
        states.set(store, store());
        states.set(route, route());
        states.set(wait, pause());
        if (exit.ends()) {
            states.set(reused, Asl.state("Succeed").set("Output", exit.output()));
        }
    }

    private ObjectNode prepare() {
        ObjectNode payload = Asl.object().put("kind", "step");
        identify(payload).put("attempt", "{% $exists($states.input.attempt) ? $states.input.attempt : 1 %}");
        ObjectNode state = Asl.lambda(platform.prepare(), payload).put("Output", preparedOutput());
        guard(state);
        leaveReused(state);
        return state.put("Next", afterPrepare());
    }

    /** The function says by an error that there is nothing to run; a Choice would cost a transition in every step. */
    private void leaveReused(ObjectNode state) {
        ArrayNode catchers = state.withArrayProperty("Catch");
        ObjectNode catcher = catchers.insertObject(0);
        catcher.set("ErrorEquals", Asl.texts(List.of(REUSED)));
        catcher.put("Next", exit.ends() ? reused : exit.next()).set("Output", Asl.run());
    }

    private String afterPrepare() {
        return switch (frame.backend()) {
            case AUTO -> choice;
            case FARGATE -> fargate;
            case BATCH -> batch;
        };
    }

    private String preparedOutput() {
        if (frame.carried().size() == 1) {
            return "{% $states.result.Payload %}";
        }
        String more = frame.carried().stream()
                .filter(member -> !member.equals("run"))
                .map(member -> "'" + member + "': $states.input." + member)
                .collect(Collectors.joining(", "));
        return "{% $merge([$states.result.Payload, {" + more + "}]) %}";
    }

    private ObjectNode chooseBackend() {
        ObjectNode state = Asl.state("Choice");
        state.putArray("Choices")
                .addObject()
                .put("Condition", "{% $states.input.backend = 'BATCH' %}")
                .put("Next", batch);
        return state.put("Default", fargate);
    }

    private ObjectNode run(String resource, String arguments) {
        ObjectNode state = Asl.state("Task").put("Resource", resource);
        state.put("Arguments", "{% $states.input." + arguments + " %}").set("TimeoutSeconds", frame.timeout());
        String arn = arguments.equals("fargate") ? "TaskArn" : "JobArn";
        state.set(
                "Output",
                attempt()
                        .put(
                                "task",
                                "{% {'arn': $states.result." + arn + ", 'startedAt': $states.result.StartedAt} %}"));
        toRoute(state);
        return state.put("Next", store);
    }

    private ObjectNode store() {
        ObjectNode state = Asl.lambda(platform.store(), order().put("task", "{% $states.input.task %}"));
        toRoute(state);
        exit.leave(state);
        return state;
    }

    private ObjectNode route() {
        ObjectNode payload = order().put("error", "{% $states.input.error %}");
        ObjectNode state = Asl.lambda(platform.route(), payload);
        state.set(
                "Output",
                Asl.passOn(frame.carried())
                        .put("attempt", "{% $states.result.Payload.attempt %}")
                        .put("wait", "{% $states.result.Payload.wait %}"));
        guard(state);
        return state.put("Next", wait);
    }

    private ObjectNode pause() {
        ObjectNode state = Asl.state("Wait").put("Seconds", "{% $states.input.wait %}");
        state.set("Output", Asl.passOn(carriedAnd("attempt")));
        return state.put("Next", frame.label());
    }

    private void toRoute(ObjectNode state) {
        state.set("Catch", Asl.catchAll(route, attempt().put("error", "{% $states.errorOutput %}")));
    }

    private void guard(ObjectNode state) {
        if (handler != null) {
            handler.guard(state);
        }
    }

    private ObjectNode identify(ObjectNode payload) {
        payload.put("run", Asl.RUN).put("workflow", workflow).set("step", frame.step());
        payload.set("spec", frame.spec());
        return payload;
    }

    private ObjectNode order() {
        return identify(Asl.object())
                .put("order", "{% $states.input.order %}")
                .put("attempt", "{% $states.input.attempt %}");
    }

    private ObjectNode attempt() {
        return Asl.passOn(carriedAnd("order", "attempt"));
    }

    private List<String> carriedAnd(String... more) {
        List<String> members = new ArrayList<>(frame.carried());
        members.addAll(List.of(more));
        return members;
    }
}

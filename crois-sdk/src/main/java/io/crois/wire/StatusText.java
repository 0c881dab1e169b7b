package io.crois.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.contract.ExecutionItem;
import io.crois.contract.ExecutionStatus;
import io.crois.contract.Machine;
import io.crois.contract.StepDecision;
import io.crois.contract.StepItem;
import io.crois.contract.StepStatus;
import io.crois.contract.TaskReport;
import io.crois.workflow.Backend;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The JSON of what is known of steps and executions: {@link StepItem}, {@link StepDecision}, {@link ExecutionItem}. */
final class StatusText {

    private StatusText() {}

    static StepItem step(JsonNode json) {
        Members item = Members.of("a step item", json);
        return new StepItem(
                OrderText.run(item.object("run")),
                item.text("step"),
                item.constant("status", StepStatus.class),
                item.integer("attempt"),
                item.constantOrNull("backend", Backend.class),
                machine(item.objectOrNull("machine")),
                item.textOrNull("arn"),
                item.timeOrNull("preparedAt"),
                item.timeOrNull("startedAt"),
                item.timeOrNull("endedAt"),
                ReportText.failure(item.objectOrNull("failure")),
                item.integerOrNull("exitCode"));
    }

    static @Nullable Machine machine(@Nullable Members machine) {
        return machine == null
                ? null
                : new Machine(
                        machine.real("cpu"),
                        machine.number("memoryMib"),
                        machine.integer("gpu"),
                        machine.integer("diskGib"));
    }

    static ExecutionItem execution(JsonNode json) {
        Members item = Members.of("an execution item", json);
        return new ExecutionItem(
                item.text("project"),
                item.text("execution"),
                item.text("workflow"),
                item.constant("status", ExecutionStatus.class),
                item.integer("redriveCount"),
                item.valuesByName("arguments"),
                item.textOrNull("machine"),
                item.textOrNull("arn"),
                item.time("submittedAt"),
                item.timeOrNull("startedAt"),
                item.timeOrNull("endedAt"),
                item.textOrNull("error"),
                item.textOrNull("cause"),
                TermsText.submit(item.objectOrNull("terms")));
    }

    static StepDecision decision(JsonNode json) {
        Members decision = Members.of("a decision", json);
        Members next = decision.object("next");
        return new StepDecision(
                OrderText.run(decision.object("run")),
                decision.text("step"),
                decision.integer("attempt"),
                decision.constant("grant", StepDecision.Grant.class),
                decision.integerOrNull("rule"),
                failure(decision),
                decision.integerOrNull("exitCode"),
                decision.number("waitSeconds"),
                new StepDecision.Terms(next.real("memoryFactor"), next.number("maxMemoryMib"), next.truth("onDemand")),
                ran(decision.objectOrNull("ran")),
                decision.integer("redriveCount"),
                decision.time("at"));
    }

    private static StepDecision.Ran ran(@Nullable Members ran) {
        return ran == null
                ? StepDecision.Ran.UNKNOWN
                : new StepDecision.Ran(
                        ran.constantOrNull("backend", Backend.class),
                        machine(ran.objectOrNull("machine")),
                        ran.timeOrNull("preparedAt"),
                        ran.timeOrNull("startedAt"));
    }

    private static TaskReport.Failure failure(Members decision) {
        return Objects.requireNonNull(ReportText.failure(decision.object("failure")));
    }

    static ObjectNode tree(StepItem item) {
        return new Shape()
                .with("arn", item.arn())
                .with("attempt", item.attempt())
                .with("backend", item.backend())
                .with("endedAt", item.endedAt())
                .with("exitCode", item.exitCode())
                .with("failure", item.failure())
                .with("machine", item.machine())
                .with("preparedAt", item.preparedAt())
                .with("run", item.run())
                .with("startedAt", item.startedAt())
                .with("status", item.status())
                .with("step", item.step())
                .json();
    }

    static ObjectNode tree(Machine machine) {
        return new Shape()
                .with("cpu", machine.cpu())
                .with("diskGib", machine.diskGib())
                .with("gpu", machine.gpu())
                .with("memoryMib", machine.memoryMib())
                .json();
    }

    static ObjectNode tree(ExecutionItem item) {
        return new Shape()
                .with("arguments", item.arguments())
                .with("arn", item.arn())
                .with("cause", item.cause())
                .with("endedAt", item.endedAt())
                .with("error", item.error())
                .with("execution", item.execution())
                .with("machine", item.machine())
                .with("project", item.project())
                .with("redriveCount", item.redriveCount())
                .with("startedAt", item.startedAt())
                .with("status", item.status())
                .with("submittedAt", item.submittedAt())
                .with("terms", item.terms())
                .with("workflow", item.workflow())
                .json();
    }

    static ObjectNode tree(StepDecision decision) {
        return new Shape()
                .with("at", decision.at())
                .with("attempt", decision.attempt())
                .with("exitCode", decision.exitCode())
                .with("failure", decision.failure())
                .with("grant", decision.grant())
                .with("next", decision.next())
                .with("ran", decision.ran())
                .with("redriveCount", decision.redriveCount())
                .with("rule", decision.rule())
                .with("run", decision.run())
                .with("step", decision.step())
                .with("waitSeconds", decision.waitSeconds())
                .json();
    }

    static ObjectNode tree(StepDecision.Ran ran) {
        return new Shape()
                .with("backend", ran.backend())
                .with("machine", ran.machine())
                .with("preparedAt", ran.preparedAt())
                .with("startedAt", ran.startedAt())
                .json();
    }

    static ObjectNode tree(StepDecision.Terms terms) {
        return new Shape()
                .with("maxMemoryMib", terms.maxMemoryMib())
                .with("memoryFactor", terms.memoryFactor())
                .with("onDemand", terms.onDemand())
                .json();
    }
}

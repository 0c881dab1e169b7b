package io.crois.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.contract.ResultProduct;
import io.crois.contract.Run;
import io.crois.contract.SecretUse;
import io.crois.contract.StoredArtifact;
import io.crois.contract.TaskOrder;
import io.crois.workflow.ArtifactKind;
import io.crois.workflow.ValueType;
import java.util.ArrayList;
import java.util.List;

/** The JSON of a {@link TaskOrder}. Members that this version does not know are passed over. */
public final class OrderText {

    private OrderText() {}

    /**
     * Reads an order.
     *
     * @throws IllegalArgumentException if the text is not the JSON of one; it is not repeated in the message
     */
    public static TaskOrder read(String text) {
        return read(JsonText.parse(text));
    }

    static TaskOrder read(JsonNode json) {
        Members order = Members.of("a task order", json);
        return new TaskOrder(
                run(order.object("run")),
                order.text("workflow"),
                order.text("step"),
                order.integer("attempt"),
                order.texts("command"),
                order.textsByName("environment"),
                order.textOrNull("workingDirectory"),
                order.valuesByName("parameters"),
                inputs(order),
                outputs(order),
                results(order, "results"),
                secrets(order),
                order.number("runBudget"),
                order.textsByName("sealed"),
                order.textOrNull("kmsKey"),
                order.textOrNull("fingerprint"));
    }

    static Run run(Members run) {
        return new Run(run.text("project"), run.text("execution"), run.text("scope"));
    }

    private static List<TaskOrder.Input> inputs(Members order) {
        List<TaskOrder.Input> inputs = new ArrayList<>();
        for (Members each : order.objects("inputs")) {
            inputs.add(new TaskOrder.Input(each.text("artifact"), stored(each.object("stored"))));
        }
        return inputs;
    }

    static StoredArtifact stored(Members stored) {
        return new StoredArtifact(
                stored.text("artifact"),
                stored.constant("kind", ArtifactKind.class),
                stored.text("bucket"),
                stored.text("key"),
                stored.number("bytes"),
                stored.number("files"),
                stored.text("sha256"),
                stored.truth("partial"));
    }

    private static List<TaskOrder.Output> outputs(Members order) {
        List<TaskOrder.Output> outputs = new ArrayList<>();
        for (Members each : order.objects("outputs")) {
            outputs.add(new TaskOrder.Output(
                    each.text("artifact"),
                    each.constant("kind", ArtifactKind.class),
                    each.truth("optional"),
                    each.text("bucket"),
                    each.text("key")));
        }
        return outputs;
    }

    static List<ResultProduct> results(Members order, String name) {
        List<ResultProduct> results = new ArrayList<>();
        for (Members each : order.objects(name)) {
            results.add(new ResultProduct(each.text("result"), each.constant("type", ValueType.class)));
        }
        return results;
    }

    static List<SecretUse> secrets(Members order) {
        List<SecretUse> secrets = new ArrayList<>();
        for (Members each : order.objects("secrets")) {
            secrets.add(new SecretUse(each.textOrNull("variable"), each.textOrNull("file"), each.text("secret")));
        }
        return secrets;
    }

    static ObjectNode tree(TaskOrder order) {
        return new Shape()
                .with("attempt", order.attempt())
                .with("command", order.command())
                .with("environment", order.environment())
                .with("fingerprint", order.fingerprint())
                .with("inputs", order.inputs())
                .with("kmsKey", order.kmsKey())
                .with("outputs", order.outputs())
                .with("parameters", order.parameters())
                .with("results", order.results())
                .with("run", order.run())
                .with("runBudget", order.runBudget())
                .with("sealed", order.sealed())
                .with("secrets", order.secrets())
                .with("step", order.step())
                .with("workflow", order.workflow())
                .with("workingDirectory", order.workingDirectory())
                .json();
    }

    static ObjectNode tree(Run run) {
        return new Shape()
                .with("execution", run.execution())
                .with("project", run.project())
                .with("scope", run.scope())
                .json();
    }

    static ObjectNode tree(StoredArtifact stored) {
        return new Shape()
                .with("artifact", stored.artifact())
                .with("bucket", stored.bucket())
                .with("bytes", stored.bytes())
                .with("files", stored.files())
                .with("key", stored.key())
                .with("kind", stored.kind())
                .with("partial", stored.partial())
                .with("sha256", stored.sha256())
                .json();
    }

    static ObjectNode tree(TaskOrder.Input input) {
        return new Shape()
                .with("artifact", input.artifact())
                .with("stored", input.stored())
                .json();
    }

    static ObjectNode tree(TaskOrder.Output output) {
        return new Shape()
                .with("artifact", output.artifact())
                .with("bucket", output.bucket())
                .with("key", output.key())
                .with("kind", output.kind())
                .with("optional", output.optional())
                .json();
    }

    static ObjectNode tree(ResultProduct result) {
        return new Shape()
                .with("result", result.result())
                .with("type", result.type())
                .json();
    }

    static ObjectNode tree(SecretUse secret) {
        return new Shape()
                .with("file", secret.file())
                .with("secret", secret.secret())
                .with("variable", secret.variable())
                .json();
    }
}

package io.crois.runtime.agent.wire;

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
        Members order = Members.of("a task order", JsonText.parse(text));
        return new TaskOrder(
                run(order.object("run")),
                order.text("workflow"),
                order.text("step"),
                Math.toIntExact(order.number("attempt")),
                order.texts("command"),
                order.textsByName("environment"),
                order.textOrNull("workingDirectory"),
                order.valuesByName("parameters"),
                inputs(order),
                outputs(order),
                results(order),
                secrets(order),
                order.number("runBudget"),
                order.textsByName("sealed"),
                order.textOrNull("kmsKey"),
                order.textOrNull("fingerprint"));
    }

    private static Run run(Members run) {
        return new Run(run.text("project"), run.text("execution"), run.text("scope"));
    }

    private static List<TaskOrder.Input> inputs(Members order) {
        List<TaskOrder.Input> inputs = new ArrayList<>();
        for (Members each : order.objects("inputs")) {
            inputs.add(new TaskOrder.Input(each.text("artifact"), stored(each.object("stored"))));
        }
        return inputs;
    }

    private static StoredArtifact stored(Members stored) {
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

    private static List<ResultProduct> results(Members order) {
        List<ResultProduct> results = new ArrayList<>();
        for (Members each : order.objects("results")) {
            results.add(new ResultProduct(each.text("result"), each.constant("type", ValueType.class)));
        }
        return results;
    }

    private static List<SecretUse> secrets(Members order) {
        List<SecretUse> secrets = new ArrayList<>();
        for (Members each : order.objects("secrets")) {
            secrets.add(new SecretUse(each.textOrNull("variable"), each.textOrNull("file"), each.text("secret")));
        }
        return secrets;
    }
}

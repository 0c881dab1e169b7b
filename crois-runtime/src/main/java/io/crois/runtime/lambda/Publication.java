package io.crois.runtime.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.contract.ItemKey;
import io.crois.contract.ProductReturn;
import io.crois.contract.ResultProduct;
import io.crois.contract.Run;
import io.crois.contract.StepSpec;
import io.crois.contract.StoredArtifact;
import io.crois.contract.TaskReport;
import io.crois.table.CroisTable;
import java.util.List;

/** Writes the results and artifacts of a report to where later steps look for them. */
final class Publication {
    private final CroisTable table;

    Publication(CroisTable table) {
        this.table = table;
    }

    /** Publishes what a step declares and its report has; returns the artifacts. */
    List<StoredArtifact> publish(Run run, StepSpec spec, TaskReport report) {
        for (ResultProduct declared : spec.reports()) {
            JsonNode value = report.results().get(declared.result());
            if (value != null) {
                table.put(ItemKey.result(run, run.scope(), declared.result()), value);
            }
        }
        List<StoredArtifact> artifacts =
                report.outputs().stream().filter(output -> !output.partial()).toList();
        artifacts.forEach(artifact -> table.put(ItemKey.artifact(run, run.scope(), artifact.artifact()), artifact));
        spec.returns().forEach(product -> publish(run, product, report));
        return artifacts;
    }

    /** Publishes what a step inside a sub-workflow made once more, where the workflow round it looks. */
    private void publish(Run run, ProductReturn product, TaskReport report) {
        String scope = run.scopeAt(product.depth());
        if (product.result() != null) {
            JsonNode value = report.results().get(product.result());
            if (value != null) {
                table.put(ItemKey.result(run, scope, product.as()), value);
            }
        }
        report.outputs().stream()
                .filter(output -> !output.partial() && output.artifact().equals(product.artifact()))
                .forEach(output -> table.put(ItemKey.artifact(run, scope, product.as()), output));
    }
}

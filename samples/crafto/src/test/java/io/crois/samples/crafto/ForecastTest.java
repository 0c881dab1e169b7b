package io.crois.samples.crafto;

import static org.assertj.core.api.Assertions.assertThat;

import io.crois.compile.Assumptions;
import io.crois.compile.Forecast;
import io.crois.compile.Range;
import io.crois.compile.WorkflowCompiler;
import io.crois.execution.Execution;
import io.crois.testkit.CroisTestkit;
import io.crois.testkit.container.ContainerScript;
import io.crois.workflow.Arguments;
import org.junit.jupiter.api.Test;

final class ForecastTest {
    @Test
    void a_build_takes_exactly_what_is_forecast() {
        Arguments arguments = Arguments.none().with(ModelBuilding.SOURCE, "data.csv");
        CroisTestkit testkit = CroisTestkit.create().secret(ModelBuilding.SECRET, "key");
        testkit.containers()
                .step(
                        "evaluate",
                        ContainerScript.succeeds()
                                .result(ModelBuilding.ACCURACY.name(), 0.95)
                                .result(ModelBuilding.GOOD_ENOUGH.name(), true));

        Execution execution = testkit.run(ModelBuilding.workflow(), arguments);

        Forecast forecast = WorkflowCompiler.create()
                .compile(ModelBuilding.workflow())
                .forecast(Assumptions.of(arguments).result(ModelBuilding.GOOD_ENOUGH, true));
        assertThat(forecast.transitions())
                .isEqualTo(Range.exactly(testkit.transitions(execution).size()));
        assertThat(forecast.historyEvents())
                .isEqualTo(Range.exactly(testkit.history(execution).size()));
        assertThat(forecast.containers())
                .isEqualTo(Range.exactly(execution.attempts().size()));
    }
}

package io.crois.testkit.engine.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.asl.Catcher;
import io.crois.asl.ChoiceState;
import io.crois.asl.FailState;
import io.crois.asl.MapState;
import io.crois.asl.ParallelState;
import io.crois.asl.PassState;
import io.crois.asl.QueryLanguage;
import io.crois.asl.Retrier;
import io.crois.asl.State;
import io.crois.asl.StateMachine;
import io.crois.asl.SucceedState;
import io.crois.asl.TaskState;
import io.crois.asl.WaitState;
import io.crois.testkit.engine.TaskIntegrations;
import io.crois.testkit.engine.internal.DataFlow.Exit;
import io.crois.testkit.engine.internal.ErrorPolicy.CatchExit;
import io.crois.testkit.engine.internal.PlannedState.Basics;
import io.crois.testkit.engine.internal.expression.Template;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Turns a definition into a plan: everything that can be resolved before an execution begins. */
public final class Planner {

    private final TaskIntegrations integrations;

    /** Creates a planner whose Task states reach these services. */
    public Planner(TaskIntegrations integrations) {
        this.integrations = integrations;
    }

    /**
     * Plans a machine.
     *
     * @throws IllegalArgumentException if it names a state that does not exist
     */
    public MachinePlan plan(StateMachine machine) {
        return plan(machine, QueryLanguage.JSONPATH);
    }

    private MachinePlan plan(StateMachine machine, QueryLanguage outer) {
        QueryLanguage language = machine.queryLanguage().orElse(outer);
        Map<String, PlannedState> states = new HashMap<>();
        machine.states().forEach((name, state) -> states.put(name, plan(name, state, language)));
        Function<String, PlannedState> find = name -> find(states, name);
        states.values().forEach(state -> state.link(find));
        Duration timeout = machine.timeoutSeconds().map(Duration::ofSeconds).orElse(null);
        return new MachinePlan(find(states, machine.startAt()), timeout);
    }

    private static PlannedState find(Map<String, PlannedState> states, String name) {
        PlannedState state = states.get(name);
        if (state == null) {
            throw new IllegalArgumentException("There is no state `" + name + "`.");
        }
        return state;
    }

    private PlannedState plan(String name, State state, QueryLanguage machineLanguage) {
        QueryLanguage language = state.queryLanguage().orElse(machineLanguage);
        if (state instanceof PassState pass) {
            return new PassPlan(basics(name, StateKind.PASS, state, language), pass, language);
        }
        if (state instanceof TaskState task) {
            return new TaskPlan(basics(name, StateKind.TASK, state, language), task, language, integrations);
        }
        if (state instanceof ChoiceState choice) {
            return new ChoicePlan(basics(name, StateKind.CHOICE, state, language), choice, language);
        }
        if (state instanceof WaitState wait) {
            return new WaitPlan(basics(name, StateKind.WAIT, state, language), wait, language);
        }
        if (state instanceof SucceedState) {
            return new SucceedPlan(basics(name, StateKind.SUCCEED, state, language));
        }
        if (state instanceof FailState fail) {
            return new FailPlan(basics(name, StateKind.FAIL, state, language), fail, language);
        }
        if (state instanceof ParallelState parallel) {
            List<MachinePlan> branches = parallel.branches().stream()
                    .map(branch -> plan(branch, machineLanguage))
                    .toList();
            return new ParallelPlan(basics(name, StateKind.PARALLEL, state, language), branches);
        }
        return map(name, (MapState) state, language, machineLanguage);
    }

    private PlannedState map(String name, MapState state, QueryLanguage language, QueryLanguage machineLanguage) {
        Basics basics = basics(name, StateKind.MAP, state, language);
        MachinePlan processor = plan(state.itemProcessor().orElseThrow(), machineLanguage);
        if (state.distributed()) {
            return new DistributedMapPlan(basics, state, language, processor);
        }
        return new InlineMapPlan(basics, new MapFields(state, language), processor);
    }

    private static Basics basics(String name, StateKind kind, State state, QueryLanguage language) {
        DataFlow flow = language == QueryLanguage.JSONATA ? new JsonataFlow(state) : new JsonPathFlow(state);
        return new Basics(
                name, kind, flow, errors(state, language), state.next().orElse(null));
    }

    private static ErrorPolicy errors(State state, QueryLanguage language) {
        BiFunction<Catcher, Integer, CatchExit> exits = (catcher, index) ->
                language == QueryLanguage.JSONATA ? jsonata(catcher, "Catch[" + index + "]/") : jsonPath(catcher);
        if (state instanceof TaskState task) {
            return errors(task.retry(), task.catchers(), exits);
        }
        if (state instanceof ParallelState parallel) {
            return errors(parallel.retry(), parallel.catchers(), exits);
        }
        if (state instanceof MapState map) {
            return errors(map.retry(), map.catchers(), exits);
        }
        return ErrorPolicy.none();
    }

    private static ErrorPolicy errors(
            List<Retrier> retriers, List<Catcher> catchers, BiFunction<Catcher, Integer, CatchExit> exits) {
        return retriers.isEmpty() && catchers.isEmpty()
                ? ErrorPolicy.none()
                : ErrorPolicy.of(retriers, catchers, exits);
    }

    private static CatchExit jsonata(Catcher catcher, String place) {
        Template output = JsonataFlow.template(catcher.output(), place + "Output");
        Template assign = JsonataFlow.template(catcher.assign(), place + "Assign");
        return (frame, error) -> {
            JsonNode caught = error.output();
            Evaluation scope = new Evaluation(frame, frame.input(), null, caught);
            return JsonataFlow.exit(scope, output, assign, null, caught);
        };
    }

    private static CatchExit jsonPath(Catcher catcher) {
        BinaryOperator<JsonNode> resultPath = JsonPathFlow.resultPath(catcher.resultPath());
        Template assign = JsonPathFlow.template(catcher.assign());
        return (frame, error) -> {
            JsonNode caught = error.output();
            JsonNode combined = combined(resultPath, frame, caught);
            frame.see("afterResultPath", combined);
            return new Exit(combined, JsonPathFlow.assigned(frame, assign, caught));
        };
    }

    private static JsonNode combined(@Nullable BinaryOperator<JsonNode> resultPath, Frame frame, JsonNode caught) {
        return resultPath == null ? caught : resultPath.apply(frame.input(), caught);
    }
}

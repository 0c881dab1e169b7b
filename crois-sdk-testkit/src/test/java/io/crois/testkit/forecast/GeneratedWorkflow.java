package io.crois.testkit.forecast;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crois.compile.Assumptions;
import io.crois.testkit.container.ContainerScript;
import io.crois.testkit.container.ScriptedContainers;
import io.crois.workflow.Arguments;
import io.crois.workflow.Backend;
import io.crois.workflow.BodyBuilder;
import io.crois.workflow.Condition;
import io.crois.workflow.ForEach;
import io.crois.workflow.Item;
import io.crois.workflow.Operand;
import io.crois.workflow.Parameter;
import io.crois.workflow.Resources;
import io.crois.workflow.Result;
import io.crois.workflow.Retry;
import io.crois.workflow.Size;
import io.crois.workflow.Step;
import io.crois.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A workflow made up from a seed, of all constructs, with arguments and with what its steps will report. */
final class GeneratedWorkflow {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int DEEPEST = 3;

    private final Random random;
    private final Parameter<Boolean> flag = Parameter.bool("flag");
    private final Parameter<Double> level = Parameter.number("level");
    private final Parameter<JsonNode> list = Parameter.json("list");
    private final Map<String, ContainerScript> scripts = new LinkedHashMap<>();
    private final Map<Construct, Integer> constructs = new EnumMap<>(Construct.class);
    private final Arguments arguments;
    private final Workflow workflow;
    private Assumptions assumptions;
    private boolean failsInside;
    private int names;
    private int inside;
    private int loops;
    private int budget;

    /** What a workflow may be made of. */
    enum Construct {
        STEP,
        STEP_ON_EITHER,
        CACHED,
        PARALLEL,
        FOR_EACH_INLINE,
        FOR_EACH_DISTRIBUTED,
        FOR_EACH_NESTED,
        FOR_EACH_OF_RESULTS,
        FOR_EACH_EMPTY,
        CHOOSE,
        ON_FAILURE,
        LASTLY,
        WAIT,
        FAIL,
        RAW,
        RAW_WITH_VALUES,
        SUB_WORKFLOW
    }

    GeneratedWorkflow(long seed) {
        random = new Random(seed);
        budget = 6;
        int items = random.nextInt(3);
        arguments = Arguments.none()
                .with(flag, random.nextBoolean())
                .with(level, (double) random.nextInt(100))
                .with(list, items(items));
        assumptions = Assumptions.of(arguments);
        Workflow.Builder builder = Workflow.builder()
                .name("generated-" + seed)
                .parameter(flag)
                .parameter(level)
                .parameter(list);
        fill(builder, new Scope(), 0, true);
        workflow = builder.build();
    }

    /** What can be referred to in a body. */
    private static final class Scope {
        private final List<Result<Double>> numbers = new ArrayList<>();
        private final List<Result<JsonNode>> lists = new ArrayList<>();
        private final List<Item> items = new ArrayList<>();

        Scope inner() {
            Scope copy = new Scope();
            copy.numbers.addAll(numbers);
            copy.lists.addAll(lists);
            copy.items.addAll(items);
            return copy;
        }
    }

    Workflow workflow() {
        return workflow;
    }

    Arguments arguments() {
        return arguments;
    }

    /** Returns all that there is to know before an execution. */
    Assumptions assumptions() {
        return assumptions;
    }

    /** Returns whether something inside of a block may fail, so that what else runs in it depends on time. */
    boolean failsInside() {
        return failsInside;
    }

    Map<Construct, Integer> constructs() {
        return constructs;
    }

    void script(ScriptedContainers containers) {
        scripts.forEach(containers::step);
    }

    /** Lets some steps fail, at their first attempt or at all of them. */
    void disturb(ScriptedContainers containers) {
        script(containers);
        for (String step : scripts.keySet()) {
            switch (random.nextInt(6)) {
                case 0 -> containers.step(step, 1, ContainerScript.isReclaimed());
                case 1 -> containers.step(step, ContainerScript.exits(7));
                case 2 -> containers.step(step, 1, ContainerScript.cannotBePulled());
                default -> {}
            }
        }
    }

    private void note(Construct construct) {
        constructs.merge(construct, 1, Integer::sum);
    }

    private String name(String kind) {
        return kind + ++names;
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private JsonNode items(int count) {
        List<Map<String, Object>> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<Map<String, Object>> inner = new ArrayList<>();
            for (int k = random.nextInt(3); k > 0; k--) {
                inner.add(Map.<String, Object>of("size", random.nextInt(100), "parts", List.of()));
            }
            items.add(Map.<String, Object>of("size", random.nextInt(100), "parts", inner));
        }
        return JSON.valueToTree(items);
    }

    private <B extends BodyBuilder<B>> void fill(B body, Scope scope, int depth, boolean mayHandle) {
        Scope before = scope.inner();
        int elements = 1 + random.nextInt(depth == 0 ? 3 : 2);
        for (int i = 0; i < elements; i++) {
            element(body, scope, depth);
        }
        if (mayHandle && chance(20)) {
            note(Construct.ON_FAILURE);
            body.onFailure(f -> fill(f, before, DEEPEST, false));
        }
        if (mayHandle && chance(20)) {
            note(Construct.LASTLY);
            body.lastly(l -> fill(l, new Scope(), DEEPEST, false));
        }
    }

    private <B extends BodyBuilder<B>> void element(B body, Scope scope, int depth) {
        int kind = depth >= DEEPEST || --budget < 0 ? random.nextInt(50) : random.nextInt(100);
        if (kind < 35) {
            step(body, scope);
        } else if (kind < 40) {
            note(Construct.WAIT);
            body.waitFor(Duration.ofMinutes(1 + random.nextInt(10)));
        } else if (kind < 50) {
            raw(body, scope);
        } else if (kind < 60) {
            parallel(body, scope, depth);
        } else if (kind < 78) {
            forEach(body, scope, depth);
        } else if (kind < 92) {
            choose(body, scope, depth);
        } else {
            subWorkflow(body, scope, depth);
        }
    }

    private <B extends BodyBuilder<B>> void step(B body, Scope scope) {
        String name = name("step");
        ContainerScript script = ContainerScript.succeeds().takes(Duration.ofSeconds(1 + random.nextInt(600)));
        Result<Double> number = chance(50) ? Result.number(name("number")) : null;
        Result<JsonNode> items = chance(30) ? Result.json(name("items")) : null;
        if (number != null) {
            double value = random.nextInt(100);
            script = script.result(number.name(), value);
            assumptions = assumptions.result(number, value);
        }
        if (items != null) {
            JsonNode value = items(random.nextInt(3));
            script = script.result(items.name(), value);
            assumptions = assumptions.result(items, value);
        }
        scripts.put(name, script);
        note(Construct.STEP);
        body.step(name, s -> {
            s.image("i").command(name);
            place(s, name);
            if (chance(20)) {
                s.retry(Retry.exponential().maxAttempts(2));
            }
            if (number != null) {
                s.reports(number);
            }
            if (items != null) {
                s.reports(items);
            }
        });
        if (number != null) {
            scope.numbers.add(number);
        }
        if (items != null) {
            scope.lists.add(items);
        }
    }

    private void place(Step.Builder step, String name) {
        switch (random.nextInt(4)) {
            case 0 -> step.backend(Backend.FARGATE);
            case 1 -> step.backend(Backend.BATCH);
            case 2 -> {
                note(Construct.STEP_ON_EITHER);
                step.resources(Resources.scaledBy(level)
                        .upTo(50, Resources.cpu(1))
                        .otherwise(Resources.cpu(64).memory(Size.gib(256))));
            }
            default -> cache(step, name);
        }
    }

    /** In a loop the second iteration would find the first one's outputs, or not, as time has it. */
    private void cache(Step.Builder step, String name) {
        if (loops == 0) {
            note(Construct.CACHED);
            step.cached();
            assumptions = assumptions.runs(name);
        }
    }

    private <B extends BodyBuilder<B>> void raw(B body, Scope scope) {
        String name = name("raw");
        note(Construct.RAW);
        switch (random.nextInt(4)) {
            case 0 -> body.raw(name, "{\"Type\": \"Pass\", \"Assign\": {\"" + name + "\": \"{% 1 + 1 %}\"}}");
            case 1 -> body.raw(name, "{\"Type\": \"Wait\", \"Seconds\": \"{% 1 + 1 %}\"}");
            case 2 -> body.raw(name, """
                    {"Type": "Parallel", "Branches": [
                      {"StartAt": "%1$s-a", "States": {"%1$s-a": {"Type": "Pass", "Next": "%1$s-b"}, "%1$s-b": {"Type": "Succeed"}}},
                      {"StartAt": "%1$s-c", "States": {"%1$s-c": {"Type": "Wait", "Seconds": 5, "End": true}}}]}
                    """.formatted(name));
            default -> {
                note(Construct.RAW_WITH_VALUES);
                Operand value = scope.numbers.isEmpty() ? level : scope.numbers.get(0);
                body.raw(
                        name,
                        r -> r.state("{\"Type\": \"Pass\", \"Assign\": {\"" + name
                                        + "\": \"{% $states.input.values.v %}\"}}")
                                .value("v", value));
            }
        }
    }

    private <B extends BodyBuilder<B>> void parallel(B body, Scope scope, int depth) {
        note(Construct.PARALLEL);
        inside++;
        body.parallel(name("both"), p -> {
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                p.branch(name("branch"), b -> fill(b, scope.inner(), depth + 1, true));
            }
        });
        inside--;
    }

    private <B extends BodyBuilder<B>> void forEach(B body, Scope scope, int depth) {
        List<Operand> lists = new ArrayList<>(scope.lists);
        lists.add(list);
        scope.items.forEach(item -> lists.add(item.json("parts")));
        scope.lists.forEach(lists::add);
        lists.add(Operand.of(items(1 + random.nextInt(3))));
        Operand items = lists.get(random.nextInt(lists.size()));
        if (items instanceof Item.Field) {
            note(Construct.FOR_EACH_NESTED);
        } else if (items instanceof Result) {
            note(Construct.FOR_EACH_OF_RESULTS);
        }
        if (items == list && arguments.values().get(list.name()).isEmpty()) {
            note(Construct.FOR_EACH_EMPTY);
        }
        ForEach.Mode mode = ForEach.Mode.values()[random.nextInt(ForEach.Mode.values().length)];
        note(mode == ForEach.Mode.INLINE ? Construct.FOR_EACH_INLINE : Construct.FOR_EACH_DISTRIBUTED);
        inside++;
        loops++;
        body.forEach(name("each"), items, (b, item) -> {
            b.mode(mode).concurrency(random.nextInt(3));
            if (mode != ForEach.Mode.INLINE && chance(20)) {
                b.toleratedFailures(1);
            }
            Scope inner = scope.inner();
            inner.items.add(item);
            fill(b, inner, depth + 1, true);
        });
        loops--;
        inside--;
    }

    private <B extends BodyBuilder<B>> void choose(B body, Scope scope, int depth) {
        note(Construct.CHOOSE);
        body.choose(name("choice"), c -> {
            for (int i = 1 + random.nextInt(2); i > 0; i--) {
                Condition condition = condition(scope);
                if (chance(10)) {
                    note(Construct.FAIL);
                    failsInside |= inside > 0;
                    c.when(condition, b -> b.fail("Enough", "It was enough."));
                } else {
                    c.when(condition, b -> fill(b, scope.inner(), depth + 1, true));
                }
            }
            if (chance(50)) {
                c.otherwise(b -> fill(b, scope.inner(), depth + 1, true));
            }
        });
    }

    private Condition condition(Scope scope) {
        Condition first = comparison(scope);
        return switch (random.nextInt(5)) {
            case 0 -> first.and(comparison(scope));
            case 1 -> first.or(comparison(scope));
            case 2 -> Condition.not(first);
            default -> first;
        };
    }

    private Condition comparison(Scope scope) {
        double limit = random.nextInt(100);
        if (!scope.items.isEmpty() && chance(40)) {
            return scope.items.get(scope.items.size() - 1).number("size").atLeast(limit);
        }
        if (!scope.numbers.isEmpty() && chance(60)) {
            return scope.numbers.get(random.nextInt(scope.numbers.size())).lessThan(limit);
        }
        return chance(50) ? flag.isTrue() : level.atMost(limit);
    }

    private <B extends BodyBuilder<B>> void subWorkflow(B body, Scope scope, int depth) {
        note(Construct.SUB_WORKFLOW);
        String name = name("sub");
        Workflow.Builder inner =
                Workflow.builder().name(name).parameter(flag).parameter(level).parameter(list);
        inside++;
        fill(inner, new Scope(), depth + 1, true);
        inside--;
        Operand given = scope.numbers.isEmpty() ? level : scope.numbers.get(0);
        body.subWorkflow(
                name, inner.build(), c -> c.with(flag, flag).with(level, given).with(list, list));
    }
}

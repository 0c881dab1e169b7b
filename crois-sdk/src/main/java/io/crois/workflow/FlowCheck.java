package io.crois.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Follows the order of execution and checks that every reference is there when it is used. */
final class FlowCheck {
    private final Map<String, Parameter<?>> parameters;
    private final Map<String, String> producers;
    private final Map<String, String> types;
    private final Problems problems;
    private final Map<String, Product> available = new HashMap<>();
    private final Set<String> visited = new HashSet<>();
    private final Deque<String> loops = new ArrayDeque<>();
    private String current = "";

    FlowCheck(
            Map<String, Parameter<?>> parameters,
            Map<String, String> producers,
            Map<String, String> types,
            Problems problems) {
        this.parameters = parameters;
        this.producers = producers;
        this.types = types;
        this.problems = problems;
    }

    /** How many forEach blocks stand between the product and here; the last left one has a name. */
    record Product(String step, int left, String loop) {}

    /** What a body leaves behind. */
    record Outcome(Map<String, Product> products, boolean ended) {}

    static String key(Artifact artifact) {
        return "artifact `" + artifact.name() + "`";
    }

    static String key(Result<?> result) {
        return "result `" + result.name() + "`";
    }

    Outcome check(Body body) {
        return walk(body);
    }

    private Outcome walk(Body body) {
        Map<String, Product> products = new HashMap<>();
        boolean ended = false;
        for (Element element : body.elements()) {
            String place = WorkflowCheck.place(element);
            problems.addUnless(
                    !ended, place, "is never reached, because what stands before it always fails. Remove it.");
            Outcome outcome = visit(element, place);
            outcome.products.forEach((key, product) -> add(place, key, product, products));
            ended |= outcome.ended;
        }
        available.keySet().removeAll(products.keySet());
        Body onFailure = body.onFailure();
        boolean certain = onFailure == null || walk(onFailure).ended;
        if (body.lastly() != null) {
            walk(body.lastly());
        }
        return new Outcome(certain ? products : Map.of(), ended && certain);
    }

    private void add(String place, String key, Product product, Map<String, Product> products) {
        Product earlier = available.putIfAbsent(key, product);
        if (earlier == null) {
            products.put(key, product);
        } else {
            problems.add(
                    place,
                    "produces " + key + ", which step `" + earlier.step + "` produces already. Rename one of them.");
        }
    }

    private Outcome visit(Element element, String place) {
        if (element instanceof Step step) {
            return step(step, place);
        } else if (element instanceof ForEach forEach) {
            return forEach(forEach, place);
        } else if (element instanceof Parallel parallel) {
            return parallel(parallel, place);
        } else if (element instanceof Choose choose) {
            return choose(choose, place);
        } else if (element instanceof SubWorkflow sub) {
            sub.bindings().values().forEach(operand -> use(place, operand));
            return new SubWorkflowCheck(sub, place, List.copyOf(loops), problems).check();
        } else if (element instanceof RawState raw) {
            raw.values().values().forEach(operand -> {
                use(place, operand);
                checkReadable(place, operand);
            });
        }
        return new Outcome(Map.of(), element instanceof Fail);
    }

    private Outcome step(Step step, String place) {
        current = step.name();
        step.consumes().forEach(artifact -> use(place, artifact));
        step.command().forEach(operand -> use(place, operand));
        step.environment().values().forEach(operand -> use(place, operand));
        if (step.resources() instanceof Resources.Scaled scaled && scaled.parameter() != null) {
            use(place, scaled.parameter());
            checkReadable(place, scaled.parameter());
        }
        current = "";
        visited.add(step.name());
        Map<String, Product> products = new HashMap<>();
        Product product = new Product(step.name(), 0, "");
        List<String> keys = new ArrayList<>();
        step.produces().forEach(artifact -> keys.add(key(artifact)));
        step.reports().forEach(result -> keys.add(key(result)));
        keys.forEach(key -> problems.addUnless(
                products.put(key, product) == null, place, "produces " + key + " twice. Remove one of them."));
        return new Outcome(products, false);
    }

    private Outcome forEach(ForEach forEach, String place) {
        use(place, forEach.items());
        checkReadable(place, forEach.items());
        problems.addUnless(
                isList(forEach.items()),
                place,
                "runs over something that is no list. Use a JSON parameter or result, `.all()`, or a list that is not empty.");
        loops.push(forEach.name());
        Outcome outcome = walk(forEach.body());
        loops.pop();
        Map<String, Product> products = new HashMap<>();
        outcome.products.forEach(
                (key, product) -> products.put(key, new Product(product.step, product.left + 1, forEach.name())));
        return new Outcome(products, false);
    }

    private static boolean isList(Operand items) {
        if (items instanceof Operand.Literal literal) {
            return literal.value().isArray() && !literal.value().isEmpty();
        }
        return items instanceof Result.Collected
                || items instanceof Comparand comparand && comparand.type() == ValueType.JSON;
    }

    private Outcome parallel(Parallel parallel, String place) {
        List<Outcome> outcomes =
                parallel.branches().stream().map(branch -> walk(branch.body())).toList();
        Map<String, Product> products = new HashMap<>();
        for (Outcome outcome : outcomes) {
            outcome.products.forEach((key, product) -> problems.addUnless(
                    products.put(key, product) == null,
                    place,
                    "two branches produce " + key + ". Rename one of them."));
        }
        return new Outcome(products, outcomes.stream().anyMatch(Outcome::ended));
    }

    private Outcome choose(Choose choose, String place) {
        List<Outcome> going = new ArrayList<>();
        for (Choose.Case option : choose.cases()) {
            condition(place, option.condition());
            going.add(walk(option.body()));
        }
        Body otherwise = choose.otherwise();
        going.add(otherwise == null ? new Outcome(Map.of(), false) : walk(otherwise));
        going.removeIf(Outcome::ended);
        if (going.isEmpty()) {
            return new Outcome(Map.of(), true);
        }
        Map<String, Product> common = new HashMap<>(going.get(0).products);
        going.forEach(outcome -> common.keySet().retainAll(outcome.products.keySet()));
        return new Outcome(common, false);
    }

    private void condition(String place, Condition condition) {
        if (condition instanceof Condition.And and) {
            condition(place, and.left());
            condition(place, and.right());
        } else if (condition instanceof Condition.Or or) {
            condition(place, or.left());
            condition(place, or.right());
        } else if (condition instanceof Condition.Not not) {
            condition(place, not.condition());
        } else if (condition instanceof Condition.Comparison comparison) {
            use(place, comparison.left());
            checkReadable(place, comparison.left());
            ValueType type = comparison.left().type();
            problems.addUnless(
                    compares(type, comparison.right()),
                    place,
                    "compares a value of type " + type + " with " + comparison.right()
                            + ". Compare values of one type.");
        }
    }

    private static boolean compares(ValueType type, JsonNode literal) {
        return switch (type) {
            case TEXT -> literal.isTextual();
            case NUMBER, INTEGER -> literal.isNumber();
            case BOOLEAN -> literal.isBoolean();
            case JSON -> true;
        };
    }

    private void checkReadable(String place, Operand operand) {
        if (operand instanceof Parameter<?> parameter) {
            problems.addUnless(
                    !parameter.isSealed(),
                    place,
                    "decides by the parameter `" + parameter.name()
                            + "`, which is sealed, so that only a step's command can read it. Leave `sealed()` away.");
        } else if (operand instanceof Text text) {
            text.parts().forEach(part -> checkReadable(place, part));
        }
    }

    private void use(String place, @Nullable Operand operand) {
        if (operand instanceof Parameter<?> parameter) {
            useParameter(place, parameter);
        } else if (operand instanceof Result<?> result) {
            use(place, result, false);
        } else if (operand instanceof Result.Collected<?> collected) {
            use(place, collected.result(), true);
        } else if (operand instanceof Item.Field<?> field) {
            useItem(place, field.loop());
        } else if (operand instanceof Item.Index index) {
            useItem(place, index.loop());
        } else if (operand instanceof Text text) {
            text.parts().forEach(part -> use(place, part));
        }
    }

    private void useItem(String place, String loop) {
        problems.addUnless(
                loops.contains(loop), place, "uses the item of forEach `" + loop + "` outside of it. Move it inside.");
    }

    private void useParameter(String place, Parameter<?> parameter) {
        Parameter<?> declared = parameters.get(parameter.name());
        if (declared == null) {
            String near = Problems.nearest(parameter.name(), parameters.keySet());
            problems.add(
                    place,
                    "uses the parameter `" + parameter.name() + "`, which is not declared. "
                            + (near.isEmpty()
                                    ? "Add `.parameter(…)` to the workflow."
                                    : "Did you mean `" + near + "`?"));
        } else {
            problems.addUnless(
                    declared.equals(parameter),
                    place,
                    "uses a parameter `" + parameter.name()
                            + "` that differs from the declared one. Use the same reference.");
        }
    }

    private void use(String place, Artifact artifact) {
        use(place, "consumes", key(artifact), artifact.collected());
        sameType(place, key(artifact), artifact.kind().name());
    }

    private void use(String place, Result<?> result, boolean collected) {
        use(place, "uses", key(result), collected);
        sameType(place, key(result), result.type().name());
    }

    private void sameType(String place, String key, String type) {
        String produced = types.get(key);
        problems.addUnless(
                !available.containsKey(key) || type.equals(produced),
                place,
                "takes " + key + " as of type " + type + ", but step `" + producers.get(key) + "` makes it of type "
                        + produced + ". Use the same reference.");
    }

    private void use(String place, String verb, String key, boolean collected) {
        Product product = available.get(key);
        String start = verb + " " + key;
        if (product == null) {
            missing(place, start, key);
        } else if (product.left > 1) {
            problems.add(
                    place,
                    start + ", which is made more than one forEach deeper. Collect it within the outer forEach first.");
        } else if (product.left == 1 && !collected) {
            problems.add(
                    place,
                    start + " of forEach `" + product.loop
                            + "` from outside. Use `.all()` to take one from each iteration.");
        } else if (product.left == 0 && collected) {
            problems.add(
                    place,
                    "uses `.all()` on " + key + ", which step `" + product.step
                            + "` makes only once here. Leave `.all()` away.");
        }
    }

    private void missing(String place, String start, String key) {
        String producer = producers.get(key);
        if (producer == null) {
            String kind = key.substring(0, key.indexOf('`'));
            String near = Problems.nearest(
                    key,
                    producers.keySet().stream()
                            .filter(other -> other.startsWith(kind))
                            .collect(Collectors.toList()));
            problems.add(
                    place,
                    start + ", which no earlier step produces. "
                            + (near.isEmpty()
                                    ? "Let an earlier step produce it."
                                    : "Did you mean " + near.substring(kind.length()) + " of step `"
                                            + producers.get(near) + "`?"));
        } else if (producer.equals(current)) {
            problems.add(
                    place,
                    start + ", which the step itself produces. Take it from an earlier step, or leave it away here.");
        } else if (visited.contains(producer)) {
            problems.add(
                    place,
                    start + ", which step `" + producer
                            + "` produces on another branch, so it may be missing here. Use it on that branch.");
        } else {
            problems.add(
                    place,
                    start + ", which step `" + producer + "` produces only later. Move that step before this one.");
        }
    }
}

package io.crois.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks what goes into a workflow inside a workflow, and what comes out. The inner one itself is checked already. */
final class SubWorkflowCheck {
    private final SubWorkflow sub;
    private final String place;
    private final List<String> loops;
    private final Problems problems;

    SubWorkflowCheck(SubWorkflow sub, String place, List<String> loops, Problems problems) {
        this.sub = sub;
        this.place = place;
        this.loops = loops;
        this.problems = problems;
    }

    /** What a workflow leaves at its end, and the types of all products by their keys. */
    record Left(FlowCheck.Outcome outcome, Map<String, String> types) {}

    FlowCheck.Outcome check() {
        bindings();
        loopNames(sub.workflow().body());
        Left left = WorkflowCheck.leftBy(sub.workflow());
        Map<String, FlowCheck.Product> products = new HashMap<>();
        for (SubWorkflow.Returned returned : sub.returned()) {
            String outer = outerKey(returned);
            returned(returned, left);
            problems.addUnless(
                    products.put(outer, new FlowCheck.Product(sub.name(), 0, "")) == null,
                    place,
                    "returns " + outer + " twice. Remove one of them.");
        }
        return new FlowCheck.Outcome(products, left.outcome().ended());
    }

    private void bindings() {
        Map<String, Parameter<?>> declared = new LinkedHashMap<>();
        sub.workflow().parameters().forEach(parameter -> declared.put(parameter.name(), parameter));
        sub.bindings().keySet().stream()
                .filter(name -> !declared.containsKey(name))
                .forEach(name -> problems.add(
                        place,
                        "binds `" + name + "`, which workflow `"
                                + sub.workflow().name() + "` has no parameter for. " + near(name, declared)));
        declared.values().forEach(parameter -> {
            Operand operand = sub.bindings().get(parameter.name());
            if (operand != null) {
                binding(parameter, operand);
            } else if (parameter.defaultValue() == null) {
                problems.add(
                        place,
                        "leaves the parameter `" + parameter.name() + "` of workflow `"
                                + sub.workflow().name() + "` without a value. Bind it with `with(parameter, value)`.");
            }
        });
    }

    private static String near(String name, Map<String, Parameter<?>> declared) {
        String near = Problems.nearest(name, declared.keySet());
        return near.isEmpty() ? "Its parameters are " + declared.keySet() + "." : "Did you mean `" + near + "`?";
    }

    private void binding(Parameter<?> parameter, Operand operand) {
        if (operand instanceof Operand.Literal literal) {
            literal(parameter, literal.value());
            return;
        }
        ValueType given = type(operand);
        problems.addUnless(
                takes(parameter.type(), given),
                place,
                "binds the parameter `" + parameter.name() + "` of type " + parameter.type() + " to a value of type "
                        + given + ". Bind a value of its type.");
        boolean sealed = isSealed(operand);
        problems.addUnless(
                sealed || !parameter.isSealed(),
                place,
                "binds the sealed parameter `" + parameter.name()
                        + "` to a value that is not sealed, so that whoever sees the execution could read it. Bind a"
                        + " parameter of the outer workflow that is `sealed()`.");
        problems.addUnless(
                !sealed || parameter.isSealed(),
                place,
                "binds the parameter `" + parameter.name()
                        + "`, which is not sealed, to a sealed value, which only a step's command can read. Make the"
                        + " parameter of workflow `" + sub.workflow().name() + "` `sealed()`.");
    }

    private void literal(Parameter<?> parameter, JsonNode value) {
        String problem = ParameterCheck.problem(parameter, value);
        problems.addUnless(problem == null, place, String.valueOf(problem));
        problems.addUnless(
                !parameter.isSealed(),
                place,
                "binds the sealed parameter `" + parameter.name()
                        + "` to a constant, so that whoever sees the definition could read it. Bind a parameter of the"
                        + " outer workflow that is `sealed()`.");
    }

    private static ValueType type(Operand operand) {
        if (operand instanceof Comparand comparand) {
            return comparand.type();
        }
        if (operand instanceof Text) {
            return ValueType.TEXT;
        }
        return operand instanceof Item.Index ? ValueType.INTEGER : ValueType.JSON;
    }

    private static boolean takes(ValueType wanted, ValueType given) {
        return wanted == given || wanted == ValueType.JSON || wanted == ValueType.NUMBER && given == ValueType.INTEGER;
    }

    private static boolean isSealed(Operand operand) {
        if (operand instanceof Parameter<?> parameter) {
            return parameter.isSealed();
        }
        return operand instanceof Text text && text.parts().stream().anyMatch(SubWorkflowCheck::isSealed);
    }

    private void returned(SubWorkflow.Returned returned, Left left) {
        String inner = innerKey(returned);
        FlowCheck.Product product = left.outcome().products().get(inner);
        if (product == null) {
            missing(inner, left);
            return;
        }
        problems.addUnless(
                product.left() == 0,
                place,
                "returns " + inner + ", which its forEach `" + product.loop()
                        + "` makes once an item. Gather it in a step behind that forEach first.");
        String made = String.valueOf(left.types().get(inner));
        String innerType = innerType(returned);
        problems.addUnless(
                made.equals(innerType),
                place,
                "returns " + inner + " as of type " + innerType + ", but step `" + product.step()
                        + "` makes it of type " + made + ". Use the same reference.");
        problems.addUnless(
                innerType.equals(outerType(returned)),
                place,
                "returns " + inner + " of type " + innerType + " as " + outerKey(returned) + " of type "
                        + outerType(returned) + ". Use one type.");
    }

    private void missing(String key, Left left) {
        String kind = key.substring(0, key.indexOf('`'));
        List<String> others = left.outcome().products().keySet().stream()
                .filter(other -> other.startsWith(kind))
                .toList();
        String near = Problems.nearest(key, others);
        String repair = near.isEmpty()
                ? "Let every way through it end with that product."
                : "Did you mean " + near.substring(kind.length()) + "?";
        problems.add(
                place,
                "returns " + key + ", which workflow `" + sub.workflow().name() + "` does not have at its end. "
                        + repair);
    }

    /** Items and indexes are found by the name of their forEach, so the same name may not stand round itself. */
    private void loopNames(@Nullable Body body) {
        if (body == null) {
            return;
        }
        body.elements().forEach(this::loopNames);
        loopNames(body.onFailure());
        loopNames(body.lastly());
    }

    private void loopNames(Element element) {
        if (element instanceof ForEach forEach) {
            loopName(forEach);
            loopNames(forEach.body());
        } else if (element instanceof SubWorkflow inner) {
            loopName(inner);
            loopNames(inner.workflow().body());
        } else if (element instanceof Parallel parallel) {
            parallel.branches().forEach(branch -> loopNames(branch.body()));
        } else if (element instanceof Choose choose) {
            choose.cases().forEach(option -> loopNames(option.body()));
            loopNames(choose.otherwise());
        }
    }

    private void loopName(Element element) {
        problems.addUnless(
                !loops.contains(element.name()) && !element.name().equals(sub.name()),
                place,
                "its " + WorkflowCheck.place(element) + " has the name of a block round it. Rename one of them.");
    }

    private static String innerKey(SubWorkflow.Returned returned) {
        return returned instanceof SubWorkflow.ReturnedArtifact artifact
                ? FlowCheck.key(artifact.from())
                : FlowCheck.key(((SubWorkflow.ReturnedResult) returned).from());
    }

    private static String outerKey(SubWorkflow.Returned returned) {
        return returned instanceof SubWorkflow.ReturnedArtifact artifact
                ? FlowCheck.key(artifact.to())
                : FlowCheck.key(((SubWorkflow.ReturnedResult) returned).to());
    }

    private static String innerType(SubWorkflow.Returned returned) {
        return returned instanceof SubWorkflow.ReturnedArtifact artifact
                ? artifact.from().kind().name()
                : ((SubWorkflow.ReturnedResult) returned).from().type().name();
    }

    private static String outerType(SubWorkflow.Returned returned) {
        return returned instanceof SubWorkflow.ReturnedArtifact artifact
                ? artifact.to().kind().name()
                : ((SubWorkflow.ReturnedResult) returned).to().type().name();
    }
}

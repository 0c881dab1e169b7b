package io.crois.asl.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.asl.Diagnostic;
import io.crois.asl.MachineType;
import io.crois.asl.QueryLanguage;
import java.util.List;

/** Checks a definition by all rules. */
public final class DefinitionCheck {
    private static final Shape ROOT = machine()
            .field("QueryLanguage", ValueRules.oneOf("JSONPath", "JSONata"))
            .field("TimeoutSeconds", ValueRules.integer(0, ValueRules.MOST))
            .field("Version", ValueRules.oneOf("1.0"))
            .build();
    private static final Shape BRANCH = machine().build();
    private static final Shape PROCESSOR =
            machine().field("ProcessorConfig", ValueRules.ANY).build();

    private final QueryLanguage language;
    private final NameRules names;
    private final Findings findings;

    private DefinitionCheck(QueryLanguage language, Findings findings) {
        this.language = language;
        this.names = new NameRules(findings);
        this.findings = findings;
    }

    private static Shape.Builder machine() {
        return Shape.builder()
                .field("Comment", ValueRules.TEXT)
                .field("StartAt", ValueRules.TEXT)
                .field("States", ValueRules.ANY)
                .required("States", "StartAt");
    }

    /** Returns everything that is wrong with a definition, which must be an object nested within bounds. */
    public static List<Diagnostic> check(MachineType type, JsonNode definition) {
        Findings findings = new Findings();
        QueryLanguage language = StateCheck.language(definition, QueryLanguage.JSONPATH);
        DefinitionCheck check = new DefinitionCheck(language, findings);
        check.checkRoot(new Part(definition, Part.ROOT, language, false, findings), type);
        new VariableScopes(language, findings).check(definition);
        return findings.all();
    }

    private void checkRoot(Part machine, MachineType type) {
        int before = findings.size();
        ROOT.check(machine);
        checkStates(machine, type, true, findings.size() == before);
    }

    private void checkInner(Part machine, Shape shape, MachineType type) {
        shape.check(machine);
        if (machine.node().isObject()) {
            checkStates(machine, type, false, true);
        }
    }

    private void checkStates(Part machine, MachineType type, boolean isRoot, boolean isWhole) {
        Part states = machine.at("States");
        if (!machine.has("States") || !states.requireObject()) {
            return;
        }
        if (states.node().isEmpty()) {
            states.report("Value cannot be empty");
            return;
        }
        boolean isReadable = isWhole && machine.node().path("StartAt").isTextual();
        for (var state : states.node().properties()) {
            names.checkState(state.getKey(), states.place() + "/" + state.getKey());
            isReadable &= checkState(states, state.getKey(), type);
        }
        new TransitionCheck(machine, isRoot).run(isReadable);
    }

    /** Returns whether it is clear where the state leads. */
    private boolean checkState(Part states, String name, MachineType type) {
        JsonNode node = states.node().get(name);
        QueryLanguage own = StateCheck.language(node, language);
        Part state = new Part(node, states.place() + "/" + name, own, StateCheck.hasResult(node), findings);
        boolean isReadable = new StateCheck(state, language, type).run();
        names.checkLabel(state);
        for (Part branch : state.at("Branches").elements()) {
            checkInner(branch.in(language), BRANCH, type);
        }
        for (String field : List.of("ItemProcessor", "Iterator")) {
            if (state.has(field)) {
                Part processor = state.at(field).in(language);
                checkInner(processor, PROCESSOR, ProcessorRules.check(processor, type));
            }
        }
        return isReadable;
    }
}

package io.crois.execution;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.contract.ExecutionStatus;
import io.crois.contract.StartCause;
import io.crois.workflow.Arguments;
import io.crois.workflow.CroisException;
import io.crois.workflow.Parameter;
import io.crois.workflow.Workflow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A trigger that is about to be made. Not thread-safe.
 *
 * <pre>{@code
 * crois.trigger(training).named("new-data").onObject("incoming", "daily/").keyAs(source).create();
 * crois.trigger(report).named("after-training").after("training").executionAs(trained).create();
 * }</pre>
 */
public final class NewTrigger {
    private static final String BUCKET = "/bucket/name";
    private static final String KEY = "/object/key";
    private static final String EXECUTION = "/name";

    private final Executions executions;
    private final Workflow workflow;
    private final Map<String, String> fromEvent = new LinkedHashMap<>();
    private String name;
    private @Nullable StartCause cause;
    private Arguments arguments = Arguments.none();
    private SubmitOptions options = SubmitOptions.none();

    NewTrigger(Executions executions, Workflow workflow) {
        this.executions = executions;
        this.workflow = workflow;
        this.name = workflow.name();
    }

    /**
     * Sets the name, unique among the project's schedules and triggers; default the workflow's.
     *
     * @param trigger a letter and up to 47 letters, digits, {@code _} or {@code -}
     */
    public NewTrigger named(String trigger) {
        name = trigger;
        return this;
    }

    /**
     * Starts for each object that is created or replaced in a bucket, which must send its events to EventBridge.
     * Replaces another cause.
     *
     * @param prefix what the keys begin with; empty for all
     */
    public NewTrigger onObject(String bucket, String prefix) {
        cause = new StartCause.ObjectCreated(bucket, prefix);
        return this;
    }

    /**
     * Starts for each execution of another workflow of the project that ends so; it must be deployed before. Replaces
     * another cause.
     *
     * @param statuses with which of these it must have ended; none for {@code SUCCEEDED}
     */
    public NewTrigger after(String otherWorkflow, ExecutionStatus... statuses) {
        List<ExecutionStatus> wanted = statuses.length == 0 ? List.of(ExecutionStatus.SUCCEEDED) : List.of(statuses);
        cause = new StartCause.ExecutionEnded(otherWorkflow, wanted);
        return this;
    }

    /** Gives the name of the object's bucket to a parameter; for {@link #onObject}. */
    public NewTrigger bucketAs(Parameter<String> parameter) {
        return from(parameter, BUCKET);
    }

    /** Gives the key of the object to a parameter; for {@link #onObject}. */
    public NewTrigger keyAs(Parameter<String> parameter) {
        return from(parameter, KEY);
    }

    /** Gives the name of the execution that ended to a parameter; for {@link #after}. */
    public NewTrigger executionAs(Parameter<String> parameter) {
        return from(parameter, EXECUTION);
    }

    private NewTrigger from(Parameter<String> parameter, String pointer) {
        fromEvent.put(parameter.name(), pointer);
        return this;
    }

    /** Sets the arguments that are the same for every execution; sealed ones are encrypted at once. */
    public NewTrigger arguments(Arguments values) {
        arguments = values;
        return this;
    }

    /**
     * Sets what every execution does otherwise than the workflow says: share, priority, steps and budget; default
     * nothing. What is said of a step that a later version of the workflow has no more is passed over. A budget is not
     * looked at before an execution runs, since the event brings arguments.
     *
     * @param changes without a name: the executions have that of the trigger, with a digest of the event
     */
    public NewTrigger options(SubmitOptions changes) {
        options = changes;
        return this;
    }

    /**
     * Deploys the workflow as {@link Executions#deploy} does and makes the trigger. Creating it again brings it up to
     * date with what is said now; a paused one stays so. May be killed anywhere and repeated.
     *
     * @throws io.crois.workflow.WorkflowValidationException if the arguments are not those the workflow takes
     * @throws CroisException with every other problem at once, before anything is changed
     */
    public Trigger create() {
        List<String> problems = new ArrayList<>();
        StartRules.checkName("trigger", name, problems);
        StartCause known = cause;
        if (known == null) {
            problems.add("it waits for nothing. Say for what with onObject(...) or after(...).");
        } else {
            checkEvent(known, problems);
            executions.checkTrigger(workflow, name, known, problems);
        }
        executions.checkStarts(workflow, options, problems);
        Map<String, JsonNode> checked = checkArguments(problems);
        if (known == null || !problems.isEmpty()) {
            throw new CroisException("The trigger of workflow `" + workflow.name()
                    + "` is wrong. Nothing was changed.\n  " + String.join("\n  ", problems));
        }
        return executions.trigger(workflow, name, checked, fromEvent, options, known);
    }

    private void checkEvent(StartCause known, List<String> problems) {
        boolean ofObject = known instanceof StartCause.ObjectCreated;
        fromEvent.forEach((parameter, pointer) -> {
            if (ofObject == pointer.equals(EXECUTION)) {
                problems.add("parameter `" + parameter + "`: an event of " + (ofObject ? "an object" : "an execution")
                        + " has no " + (ofObject ? "execution" : "bucket and no key") + ". Leave it out.");
            }
        });
    }

    /** What the event brings is a text; it is checked as if it were one that is allowed. */
    private Map<String, JsonNode> checkArguments(List<String> problems) {
        Arguments all = arguments;
        for (String filled : fromEvent.keySet()) {
            Parameter<?> declared = workflow.parameters().stream()
                    .filter(parameter -> parameter.name().equals(filled))
                    .findFirst()
                    .orElse(null);
            if (declared != null && declared.isSealed()) {
                problems.add("parameter `" + filled
                        + "`: is sealed, but the platform reads the event. Give it with arguments(...).");
            }
            String sample = declared == null || declared.allowed().isEmpty()
                    ? "x"
                    : declared.allowed().get(0).asText();
            all = all.with(Parameter.text(filled), sample);
        }
        Map<String, JsonNode> checked = new LinkedHashMap<>(all.check(workflow));
        checked.keySet().removeAll(fromEvent.keySet());
        return checked;
    }
}

package io.crois.export;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.contract.Json;
import io.crois.execution.Blueprint;
import java.util.Locale;
import java.util.Set;
import software.amazon.awssdk.services.scheduler.model.CreateScheduleRequest;

/** What a workflow is deployed as, and what starts it. */
final class WorkflowSection {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private WorkflowSection() {}

    static void addTo(Stack stack, Blueprint workflow) {
        workflow.tasks()
                .forEach(task -> kept(stack.resource(
                        Stack.id(
                                "Task",
                                task.family()
                                        + digest(task.containerDefinitions().toString())),
                        "AWS::ECS::TaskDefinition",
                        Properties.of(task, Set.of()))));
        workflow.jobs()
                .forEach(job -> kept(stack.resource(
                        Stack.id(
                                "Job",
                                job.jobDefinitionName()
                                        + digest(job.parameters().toString())),
                        "AWS::Batch::JobDefinition",
                        Properties.of(job, Set.of()))));
        machine(stack, workflow);
        workflow.schedules().forEach(schedule -> schedule(stack, workflow, schedule));
        workflow.rules().forEach(rule -> rule(stack, workflow, rule));
    }

    private static String digest(String text) {
        return "-" + Json.digest(text).substring(0, 8);
    }

    /** Executions that run keep using it when a newer one takes its place. */
    private static void kept(ObjectNode resource) {
        resource.put("DeletionPolicy", "Retain").put("UpdateReplacePolicy", "Retain");
    }

    private static void machine(Stack stack, Blueprint workflow) {
        String name = workflow.machine().name();
        String id = Stack.id("Machine", name);
        ObjectNode machine = Properties.of(
                workflow.machine(), Set.of("Name", "Definition", "Publish", "VersionDescription", "Type", "Tags"));
        machine.put("StateMachineName", name);
        machine.put("DefinitionString", workflow.machine().definition());
        stack.resource(id, "AWS::StepFunctions::StateMachine", machine)
                .putArray("DependsOn")
                .add("FlowRole");
        String digest = workflow.machine().versionDescription();
        String versionId = id + "Version" + digest.substring(0, 12).toUpperCase(Locale.ROOT);
        ObjectNode version = JSON.objectNode().put("Description", digest);
        version.set("StateMachineArn", Stack.ref(id));
        version.set("StateMachineRevisionId", Stack.attribute(id, "StateMachineRevisionId"));
        kept(stack.resource(versionId, "AWS::StepFunctions::StateMachineVersion", version));
        ObjectNode alias = JSON.objectNode().put("Name", workflow.alias());
        ObjectNode route = alias.putArray("RoutingConfiguration").addObject().put("Weight", 100);
        route.set("StateMachineVersionArn", Stack.ref(versionId));
        stack.resource(id + "Alias", "AWS::StepFunctions::StateMachineAlias", alias);
    }

    private static void schedule(Stack stack, Blueprint workflow, CreateScheduleRequest schedule) {
        String group = Stack.id("Group", schedule.groupName());
        stack.resource(group, "AWS::Scheduler::ScheduleGroup", JSON.objectNode().put("Name", schedule.groupName()));
        ObjectNode properties = Properties.of(schedule, Set.of("ClientToken", "GroupName"));
        properties.set("GroupName", Stack.ref(group));
        ObjectNode target = (ObjectNode) properties.get("Target");
        hide(stack, workflow, schedule.name(), target, "Input");
        stack.resource(Stack.id("Schedule", schedule.name()), "AWS::Scheduler::Schedule", properties);
    }

    private static void rule(Stack stack, Blueprint workflow, Blueprint.EventRule rule) {
        ObjectNode properties = Properties.of(rule.rule(), Set.of("EventPattern", "Tags"));
        properties.set("EventPattern", Json.parse(rule.rule().eventPattern()));
        ObjectNode target = Properties.of(rule.target(), Set.of());
        hide(stack, workflow, rule.trigger(), (ObjectNode) target.get("InputTransformer"), "InputTemplate");
        properties.putArray("Targets").add(target);
        stack.resource(Stack.id("Trigger", rule.trigger()), "AWS::Events::Rule", properties);
    }

    /** The token is a parameter that CloudFormation does not show. */
    private static void hide(Stack stack, Blueprint workflow, String name, ObjectNode owner, String member) {
        String token = workflow.tokens().getOrDefault(name, "");
        String parameter = tokenParameter(name);
        stack.parameter(parameter, "What start rule " + name + " is known by; see ProjectTemplate.parameters()")
                .put("NoEcho", true);
        String text = owner.get(member).asText().replace("${", "${!").replace(token, "${" + parameter + "}");
        owner.set(member, JSON.objectNode().put("Fn::Sub", text));
    }

    static String tokenParameter(String name) {
        return Stack.id("Token", name);
    }
}

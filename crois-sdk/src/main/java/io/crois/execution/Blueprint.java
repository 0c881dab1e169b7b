package io.crois.execution;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.batch.model.RegisterJobDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.eventbridge.model.PutRuleRequest;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.scheduler.model.CreateScheduleRequest;
import software.amazon.awssdk.services.sfn.model.CreateStateMachineRequest;

/**
 * The requests with which a workflow is deployed, and those of the schedules and triggers that it has; nothing is
 * called. Its {@code toString} leaves out the tokens.
 *
 * @param tasks one for each image that may run on Fargate
 * @param jobs one for each image that may run on AWS Batch
 * @param alias of the state machine's version that schedules and triggers start
 * @param tokens the name of a schedule or trigger → what is secret in its input
 */
public record Blueprint(
        List<RegisterTaskDefinitionRequest> tasks,
        List<RegisterJobDefinitionRequest> jobs,
        CreateStateMachineRequest machine,
        String alias,
        List<CreateScheduleRequest> schedules,
        List<EventRule> rules,
        Map<String, String> tokens) {

    public Blueprint {
        tasks = List.copyOf(tasks);
        jobs = List.copyOf(jobs);
        schedules = List.copyOf(schedules);
        rules = List.copyOf(rules);
        tokens = Map.copyOf(tokens);
    }

    /**
     * A rule of EventBridge with its only target.
     *
     * @param trigger the name of the trigger
     */
    public record EventRule(String trigger, PutRuleRequest rule, Target target) {
        @Override
        public String toString() {
            return "EventRule[" + rule.name() + "]";
        }
    }

    @Override
    public String toString() {
        return "Blueprint[" + machine.name() + ", " + tasks.size() + " task definitions, " + jobs.size()
                + " job definitions, " + schedules.size() + " schedules, " + rules.size() + " triggers]";
    }
}

package io.crois.execution;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.contract.Deployment;
import io.crois.contract.Json;
import io.crois.contract.ProjectNames;
import io.crois.contract.StartCause;
import io.crois.contract.StartRule;
import io.crois.workflow.CroisException;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutRuleRequest;
import software.amazon.awssdk.services.eventbridge.model.PutTargetsResponse;
import software.amazon.awssdk.services.eventbridge.model.ResourceNotFoundException;
import software.amazon.awssdk.services.eventbridge.model.RuleState;
import software.amazon.awssdk.services.eventbridge.model.Target;

/** The rules of EventBridge that ring for a project's triggers. Thread-safe. */
final class EventRules implements Bell {
    private static final String TARGET = "start";

    private final Account account;
    private final AwsCalls calls;
    private final StartRules rules;
    private final Deployer deployer;
    private final ProjectNames names;

    EventRules(Account account, AwsCalls calls, StartRules rules, Deployer deployer) {
        this.account = account;
        this.calls = calls;
        this.rules = rules;
        this.deployer = deployer;
        this.names = new ProjectNames(account.project().name());
    }

    private EventBridgeClient events() {
        return AwsClients.required(account.clients().eventBridge(), "EventBridgeClient", "triggers");
    }

    @Override
    public void put(StartRule rule, String stateMachineArn) {
        Blueprint.EventRule wanted = wanted(rule, stateMachineArn);
        calls.again(() -> events().putRule(wanted.rule()));
        PutTargetsResponse put = calls.again(() -> events().putTargets(
                        request -> request.rule(wanted.rule().name()).targets(wanted.target())));
        if (put.failedEntryCount() != null && put.failedEntryCount() > 0) {
            throw new CroisException("EventBridge does not take the target of trigger `" + rule.name() + "`: "
                    + put.failedEntries().get(0).errorMessage() + " Create it again.");
        }
    }

    Blueprint.EventRule wanted(StartRule rule, String stateMachineArn) {
        PutRuleRequest request = PutRuleRequest.builder()
                .name(name(rule))
                .description("Starts workflow " + rule.workflow() + " of project "
                        + account.project().name())
                .eventPattern(pattern(rule.cause()))
                .state(rule.paused() ? RuleState.DISABLED : RuleState.ENABLED)
                .build();
        Target target = Target.builder()
                .id(TARGET)
                .arn(rules.function(stateMachineArn))
                .inputTransformer(input -> input.inputPathsMap(Map.of("detail", "$.detail"))
                        .inputTemplate(rules.input(rule, Map.of("detail", "<detail>"))))
                .build();
        return new Blueprint.EventRule(rule.name(), request, target);
    }

    private String name(StartRule rule) {
        return names.rule(account.platform().prefix(), rule.name());
    }

    private String pattern(StartCause cause) {
        if (cause instanceof StartCause.ObjectCreated object) {
            return objects(object);
        }
        StartCause.ExecutionEnded ended = (StartCause.ExecutionEnded) cause;
        String machine = deployer.current(ended.workflow())
                .map(Deployment::stateMachineArn)
                .map(MachineArns::machine)
                .orElseThrow(() -> new CroisException("Workflow `" + ended.workflow()
                        + "` is deployed no longer, so that nothing tells of its executions. Deploy it first."));
        return Json.write(Map.<String, Object>of(
                "source", List.of("aws.states"),
                "detail-type", List.of("Step Functions Execution Status Change"),
                "detail", Map.of("stateMachineArn", List.of(machine), "status", ended.statuses())));
    }

    private static String objects(StartCause.ObjectCreated object) {
        ObjectNode pattern = Json.mapper().createObjectNode();
        pattern.putArray("source").add("aws.s3");
        pattern.putArray("detail-type").add("Object Created");
        ObjectNode detail = pattern.putObject("detail");
        detail.putObject("bucket").putArray("name").add(object.bucket());
        if (!object.prefix().isEmpty()) {
            detail.putObject("object").putArray("key").addObject().put("prefix", object.prefix());
        }
        return pattern.toString();
    }

    @Override
    public void delete(StartRule rule) {
        String name = name(rule);
        calls.again(() -> {
            try {
                events().removeTargets(request -> request.rule(name).ids(TARGET));
                events().deleteRule(request -> request.name(name));
            } catch (ResourceNotFoundException deletedBefore) {
                // Nothing is left, which is all that is wanted.
            }
        });
    }
}

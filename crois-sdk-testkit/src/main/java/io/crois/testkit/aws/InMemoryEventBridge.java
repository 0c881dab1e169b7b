package io.crois.testkit.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.crois.testkit.aws.internal.events.EventBus;
import io.crois.testkit.aws.internal.events.EventPattern;
import io.crois.testkit.aws.internal.events.EventRefusal;
import io.crois.testkit.time.EventLoop;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.DeleteRuleRequest;
import software.amazon.awssdk.services.eventbridge.model.DeleteRuleResponse;
import software.amazon.awssdk.services.eventbridge.model.DescribeRuleRequest;
import software.amazon.awssdk.services.eventbridge.model.DescribeRuleResponse;
import software.amazon.awssdk.services.eventbridge.model.DisableRuleRequest;
import software.amazon.awssdk.services.eventbridge.model.DisableRuleResponse;
import software.amazon.awssdk.services.eventbridge.model.EnableRuleRequest;
import software.amazon.awssdk.services.eventbridge.model.EnableRuleResponse;
import software.amazon.awssdk.services.eventbridge.model.ListRulesRequest;
import software.amazon.awssdk.services.eventbridge.model.ListRulesResponse;
import software.amazon.awssdk.services.eventbridge.model.ListTargetsByRuleRequest;
import software.amazon.awssdk.services.eventbridge.model.ListTargetsByRuleResponse;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequest;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;
import software.amazon.awssdk.services.eventbridge.model.PutRuleRequest;
import software.amazon.awssdk.services.eventbridge.model.PutRuleResponse;
import software.amazon.awssdk.services.eventbridge.model.PutTargetsRequest;
import software.amazon.awssdk.services.eventbridge.model.PutTargetsResponse;
import software.amazon.awssdk.services.eventbridge.model.RemoveTargetsRequest;
import software.amazon.awssdk.services.eventbridge.model.RemoveTargetsResponse;
import software.amazon.awssdk.services.eventbridge.model.Rule;
import software.amazon.awssdk.services.eventbridge.model.RuleState;
import software.amazon.awssdk.services.eventbridge.model.TestEventPatternRequest;
import software.amazon.awssdk.services.eventbridge.model.TestEventPatternResponse;

/**
 * Amazon EventBridge: rules with patterns on the default bus, and targets. Safe for use by several threads.
 *
 * <p>A rule is live at once. Lists come in one page. Not in memory: other buses, schedules of rules (use the
 * scheduler), the variables of AWS in input templates, archives, replays, tags, dead-letter queues, permissions.
 */
final class InMemoryEventBridge implements EventBridgeClient {

    private static final int MAX_ENTRIES = 10;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final EventBus bus;
    private final EventLoop loop;

    private InMemoryEventBridge(EventBus bus, EventLoop loop) {
        this.bus = bus;
        this.loop = loop;
    }

    /** Returns a client of a bus. */
    static EventBridgeClient of(EventBus bus, EventLoop loop) {
        return NotInMemory.named(EventBridgeClient.class, new InMemoryEventBridge(bus, loop));
    }

    @Override
    public String serviceName() {
        return "events";
    }

    @Override
    public void close() {
        // The rules outlive their clients.
    }

    @Override
    public PutRuleResponse putRule(PutRuleRequest request) {
        if (request.scheduleExpression() != null) {
            throw new UnsupportedOperationException("Schedules of rules are not in memory; use the scheduler.");
        }
        String arn = bus.put(
                request.eventBusName(),
                Rule.builder()
                        .state(request.state() == null ? RuleState.ENABLED : request.state())
                        .description(request.description())
                        .roleArn(request.roleArn()),
                request.name(),
                request.eventPattern());
        return PutRuleResponse.builder().ruleArn(arn).build();
    }

    @Override
    public DescribeRuleResponse describeRule(DescribeRuleRequest request) {
        Rule rule = bus.find(request.eventBusName(), request.name()).rule();
        return DescribeRuleResponse.builder()
                .name(rule.name())
                .arn(rule.arn())
                .eventPattern(rule.eventPattern())
                .state(rule.state())
                .description(rule.description())
                .roleArn(rule.roleArn())
                .eventBusName(rule.eventBusName())
                .build();
    }

    @Override
    public ListRulesResponse listRules(ListRulesRequest request) {
        return ListRulesResponse.builder()
                .rules(bus.list(request.eventBusName(), request.namePrefix()))
                .build();
    }

    @Override
    public DeleteRuleResponse deleteRule(DeleteRuleRequest request) {
        bus.delete(request.eventBusName(), request.name());
        return DeleteRuleResponse.builder().build();
    }

    @Override
    public EnableRuleResponse enableRule(EnableRuleRequest request) {
        bus.enable(request.eventBusName(), request.name(), true);
        return EnableRuleResponse.builder().build();
    }

    @Override
    public DisableRuleResponse disableRule(DisableRuleRequest request) {
        bus.enable(request.eventBusName(), request.name(), false);
        return DisableRuleResponse.builder().build();
    }

    @Override
    public PutTargetsResponse putTargets(PutTargetsRequest request) {
        bus.putTargets(request.eventBusName(), request.rule(), request.targets());
        return PutTargetsResponse.builder()
                .failedEntryCount(0)
                .failedEntries(List.of())
                .build();
    }

    @Override
    public RemoveTargetsResponse removeTargets(RemoveTargetsRequest request) {
        bus.removeTargets(request.eventBusName(), request.rule(), request.ids());
        return RemoveTargetsResponse.builder()
                .failedEntryCount(0)
                .failedEntries(List.of())
                .build();
    }

    @Override
    public ListTargetsByRuleResponse listTargetsByRule(ListTargetsByRuleRequest request) {
        return ListTargetsByRuleResponse.builder()
                .targets(bus.find(request.eventBusName(), request.rule()).targets())
                .build();
    }

    @Override
    public TestEventPatternResponse testEventPattern(TestEventPatternRequest request) {
        JsonNode event = json(request.event());
        if (!event.isObject()) {
            throw EventRefusal.validation("Parameter Event is not valid.");
        }
        boolean matches = EventPattern.parse(request.eventPattern()).matches(event);
        return TestEventPatternResponse.builder().result(matches).build();
    }

    @Override
    public PutEventsResponse putEvents(PutEventsRequest request) {
        List<PutEventsRequestEntry> entries = request.entries();
        if (entries.isEmpty() || entries.size() > MAX_ENTRIES) {
            throw EventRefusal.validation(
                    "1 validation error detected: Value at 'entries' failed to satisfy constraint:"
                            + " Member must have length between 1 and 10");
        }
        List<PutEventsResultEntry> results = entries.stream().map(this::publish).toList();
        int failed = (int)
                results.stream().filter(result -> result.errorCode() != null).count();
        return PutEventsResponse.builder()
                .entries(results)
                .failedEntryCount(failed)
                .build();
    }

    private PutEventsResultEntry publish(PutEventsRequestEntry entry) {
        bus.checkBus(entry.eventBusName());
        if (entry.source() == null || entry.detailType() == null || entry.detail() == null) {
            String missing = entry.source() == null ? "Source" : entry.detailType() == null ? "DetailType" : "Detail";
            return failed(
                    "InvalidArgument",
                    "Parameter " + missing + " is not valid. Reason: " + missing + " is a required argument.");
        }
        if (entry.source().startsWith("aws.")) {
            return failed("NotAuthorizedForSourceException", "Not authorized for the source.");
        }
        JsonNode detail = json(entry.detail());
        if (!detail.isObject()) {
            return failed("MalformedDetail", "Detail is malformed.");
        }
        String id = bus.publish(
                entry.source(),
                entry.detailType(),
                entry.resources(),
                detail,
                entry.time() == null ? loop.now() : entry.time());
        return PutEventsResultEntry.builder().eventId(id).build();
    }

    private static PutEventsResultEntry failed(String code, String message) {
        return PutEventsResultEntry.builder()
                .errorCode(code)
                .errorMessage(message)
                .build();
    }

    private static JsonNode json(@Nullable String text) {
        try {
            return text == null ? MissingNode.getInstance() : MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }
}

package io.crois.testkit.aws.internal.access;

import io.crois.testkit.aws.internal.events.EventTargets.Delivery;
import io.crois.testkit.policy.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What rules, schedules and topics send for themselves: with the role of the target, which must trust the sender, or as
 * the sender itself, which the policy of a queue, topic or function must admit.
 */
final class DeliveryAccess {
    private static final Map<String, String> ACTIONS = Map.of(
            "sqs", "sqs:SendMessage",
            "sns", "sns:Publish",
            "states", "states:StartExecution");

    private final Site site;
    private final RoleAccess roles;
    private final MessageAccess messages;
    private final FunctionAccess functions;

    DeliveryAccess(Site site, RoleAccess roles, MessageAccess messages, FunctionAccess functions) {
        this.site = site;
        this.roles = roles;
        this.messages = messages;
        this.functions = functions;
    }

    /** A permission and who needs it. */
    record Needed(Identity identity, Access access) {}

    /** Returns everything that a delivery needs. */
    List<Needed> of(Delivery delivery) {
        String service = delivery.target().split(":", 6)[2];
        Access access = service.equals("lambda")
                ? functions.invoke(delivery.target())
                : messages.to(service, ACTIONS.getOrDefault(service, service + ":*"), delivery.target());
        Identity sender = Identity.of(Principal.service(delivery.sender()));
        String role = delivery.role();
        List<Needed> needed = new ArrayList<>();
        if (role != null) {
            needed.add(new Needed(sender, from(roles.assume(role), delivery)));
            needed.add(new Needed(Identity.of(Principal.session(role, "delivery")), access));
        } else {
            needed.add(new Needed(sender, from(access, delivery)));
        }
        return needed;
    }

    private Access from(Access access, Delivery delivery) {
        return access.with("aws:SourceArn", delivery.source()).with("aws:SourceAccount", site.account());
    }
}

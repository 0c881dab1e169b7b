package io.crois.testkit.aws.internal.access;

import io.crois.testkit.aws.internal.events.EventTargets.Delivery;
import io.crois.testkit.policy.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What rules and schedules send for themselves: with the role of the target, which must trust the sender, or as the
 * sender itself, which the policy of a queue or topic must admit.
 */
final class DeliveryAccess {
    private static final Map<String, String> ACTIONS = Map.of(
            "lambda", "lambda:InvokeFunction",
            "sqs", "sqs:SendMessage",
            "sns", "sns:Publish",
            "states", "states:StartExecution");

    private final Site site;
    private final RoleAccess roles;
    private final MessageAccess messages;

    DeliveryAccess(Site site, RoleAccess roles, MessageAccess messages) {
        this.site = site;
        this.roles = roles;
        this.messages = messages;
    }

    /** A permission and who needs it. */
    record Needed(Identity identity, Access access) {}

    /** Returns everything that a delivery needs. Policies of functions are not in memory: those are always reached. */
    List<Needed> of(Delivery delivery) {
        String service = delivery.target().split(":", 6)[2];
        Access access = messages.to(service, ACTIONS.getOrDefault(service, service + ":*"), delivery.target());
        Identity sender = Identity.of(Principal.service(delivery.sender()));
        String role = delivery.role();
        List<Needed> needed = new ArrayList<>();
        if (role != null) {
            needed.add(new Needed(sender, from(roles.assume(role), delivery)));
            needed.add(new Needed(Identity.of(Principal.session(role, "delivery")), access));
        } else if (!service.equals("lambda")) {
            needed.add(new Needed(sender, from(access, delivery)));
        }
        return needed;
    }

    private Access from(Access access, Delivery delivery) {
        return access.with("aws:SourceArn", delivery.source()).with("aws:SourceAccount", site.account());
    }
}

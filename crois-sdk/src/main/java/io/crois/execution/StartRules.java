package io.crois.execution;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.contract.ItemKey;
import io.crois.contract.Json;
import io.crois.contract.StartCause;
import io.crois.contract.StartRule;
import io.crois.contract.SubmitTerms;
import io.crois.table.CroisTable;
import io.crois.workflow.CroisException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What starts executions of a project without a caller: the rules in the table, which say what is started, and the
 * function that reads them. Whatever rings for a rule knows its name and token alone. Thread-safe.
 */
final class StartRules {
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,47}");
    private static final int TOKEN_BYTES = 16;

    private final Account account;
    private final CroisTable table;
    private final AwsCalls calls;
    private final SecureRandom random = new SecureRandom();

    StartRules(Account account, AwsCalls calls) {
        this.account = account;
        this.table = account.table();
        this.calls = calls;
    }

    /** Adds a problem if the name is none of a schedule or trigger. */
    static void checkName(String kind, String name, List<String> problems) {
        if (!NAME.matcher(name).matches()) {
            problems.add("the name of the " + kind + " is `" + name + "`, but must be a letter followed by up to 47"
                    + " letters, digits, `_` or `-`. Give it one with named(...).");
        }
    }

    Optional<StartRule> find(String name) {
        ItemKey key = ItemKey.start(account.project().name(), name);
        return calls.again(() -> table.read(key, StartRule.class));
    }

    List<StartRule> all() {
        String partition = ItemKey.starts(account.project().name());
        return calls.again(() -> table.query(partition, "", StartRule.class).toList());
    }

    /**
     * Writes a rule over an earlier one of the same kind, whose token it keeps, and whether it is paused.
     *
     * @throws CroisException if the name belongs to a rule of another workflow or kind
     */
    StartRule write(
            String name,
            String workflow,
            Map<String, JsonNode> arguments,
            Map<String, String> fromEvent,
            StartCause cause,
            SubmitTerms terms) {
        Optional<StartRule> earlier = find(name);
        earlier.ifPresent(known -> refuseOther(known, workflow, cause));
        StartRule rule = new StartRule(
                name,
                workflow,
                arguments,
                fromEvent,
                cause,
                earlier.map(StartRule::token).orElseGet(this::token),
                earlier.map(StartRule::paused).orElse(false),
                earlier.map(StartRule::createdAt)
                        .orElseGet(() -> account.clock().instant()),
                terms.isNone() ? null : terms);
        put(rule);
        return rule;
    }

    private static void refuseOther(StartRule known, String workflow, StartCause cause) {
        boolean sameKind = known.cause().getClass().equals(cause.getClass());
        if (!sameKind || !known.workflow().equals(workflow)) {
            throw new CroisException("`" + known.name() + "` is a "
                    + (known.cause() instanceof StartCause.Time ? "schedule" : "trigger") + " of workflow `"
                    + known.workflow() + "` already. Choose another name, or delete it first.");
        }
    }

    void put(StartRule rule) {
        ItemKey key = ItemKey.start(account.project().name(), rule.name());
        calls.again(() -> table.put(key, rule));
    }

    void delete(String name) {
        ItemKey key = ItemKey.start(account.project().name(), name);
        calls.again(() -> table.delete(key));
    }

    private String token() {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Returns what the function is to be given, with members in their order; a text is JSON already. */
    String input(StartRule rule, Map<String, String> members) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("project", Json.write(account.project().name()));
        all.put("rule", Json.write(rule.name()));
        all.put("token", Json.write(rule.token()));
        all.putAll(members);
        StringBuilder json = new StringBuilder("{");
        all.forEach((name, value) -> json.append(json.length() > 1 ? "," : "")
                .append('"')
                .append(name)
                .append("\":")
                .append(value));
        return json.append('}').toString();
    }

    /** Returns the ARN of the function, which has the account and Region of every state machine. */
    String function(String stateMachineArn) {
        String[] parts = stateMachineArn.split(":");
        return String.join(
                ":",
                "arn",
                parts[1],
                "lambda",
                parts[3],
                parts[4],
                "function",
                account.platform().prefix() + "start");
    }

    /** Returns the ARN of the role with which EventBridge Scheduler calls the function. */
    String caller(String stateMachineArn) {
        String[] parts = stateMachineArn.split(":");
        return String.join(
                ":",
                "arn",
                parts[1],
                "iam",
                "",
                parts[4],
                "role/crois/" + account.platform().prefix() + "start-caller");
    }
}

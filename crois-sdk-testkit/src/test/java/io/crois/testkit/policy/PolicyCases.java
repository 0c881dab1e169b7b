package io.crois.testkit.policy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Makes requests with policies at random, but near one another: actions, resources, principals and values of conditions
 * come from small pools, so that statements match about as often as not. The same seed makes the same cases.
 *
 * <p>What the simulator is known to decide against AWS's documentation is not generated; the rules stand in
 * {@code docs/testkit-permissions.md}.
 */
final class PolicyCases {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String HOME = "111111111111";
    private static final String OTHER = "222222222222";
    private static final String ROLE = "arn:aws:iam::" + HOME + ":role/crois/demo-task";
    private static final String SESSION = "arn:aws:sts::" + HOME + ":assumed-role/demo-task/run-1";
    private static final String USER = "arn:aws:iam::" + HOME + ":user/ann";

    private final Random random;

    PolicyCases(long seed) {
        this.random = new Random(seed);
    }

    /** A kind of thing that is asked for. */
    private enum Target {
        OBJECT("s3:GetObject", "arn:aws:s3:::data/red/run-1/model.bin"),
        KEY("kms:Decrypt", "arn:aws:kms:us-east-1:%s:key/1234abcd-12ab-34cd-56ef-1234567890ab"),
        SECRET("secretsmanager:GetSecretValue", "arn:aws:secretsmanager:us-east-1:%s:secret:crois/red/db-AbCdEf"),
        TABLE("dynamodb:Query", "arn:aws:dynamodb:us-east-1:%s:table/crois"),
        QUEUE("sqs:SendMessage", "arn:aws:sqs:us-east-1:%s:red-queue"),
        ROLE_TAKEN("sts:AssumeRole", "arn:aws:iam::%s:role/crois/flow");

        private final String action;
        private final String arn;

        Target(String action, String arn) {
            this.action = action;
            this.arn = arn;
        }

        boolean hasResourcePolicy() {
            return this != TABLE;
        }
    }

    /** Returns the next case in the simulator's form. */
    ObjectNode next() {
        Target target = any(Target.values());
        String account = chance(70) ? HOME : OTHER;
        Principal principal = principal(target);
        String resource = target.arn.formatted(account);
        ObjectNode json = Simulation.of(principal, target.action, resource, account);
        context((ObjectNode) json.at("/request/contextVariables"), principal);
        boolean service = principal instanceof Principal.Service;
        if (!service) {
            identity(json, target, resource);
        }
        if (principal instanceof Principal.RoleSession && chance(15)) {
            json.set("sessionPolicy", policy(target, resource, false));
        }
        if (service
                || target == Target.KEY
                || target == Target.ROLE_TAKEN
                || chance(target.hasResourcePolicy() ? 60 : 0)) {
            json.set("resourcePolicy", policy(target, resource, true));
        }
        return json;
    }

    private void identity(ObjectNode json, Target target, String resource) {
        ArrayNode policies = json.withArray("/identityPolicies");
        int count = 1 + random.nextInt(2);
        for (int i = 0; i < count; i++) {
            Simulation.add(policies, "identity-" + i, policy(target, resource, false));
        }
        if (chance(25)) {
            Simulation.add(json.putArray("permissionBoundaryPolicies"), "boundary", policy(target, resource, false));
        }
        if (chance(15)) {
            ObjectNode level = json.withArray("/serviceControlPolicies").addObject();
            level.put("orgIdentifier", "ou-1");
            Simulation.add(level.putArray("policies"), "scp", policy(target, resource, false));
        }
    }

    private Principal principal(Target target) {
        return switch (random.nextInt(target.hasResourcePolicy() ? 8 : 7)) {
            case 0, 1, 2, 3 -> Principal.session(ROLE, "run-1");
            case 4, 5, 6 -> Principal.user(USER);
            default -> Principal.service("events.amazonaws.com");
        };
    }

    private void context(ObjectNode keys, Principal principal) {
        keys.put("aws:SecureTransport", chance(80) ? "true" : "false");
        keys.put("aws:CurrentTime", any("2026-01-15T10:00:00Z", "2026-02-01T00:00:00Z", "2027-06-30T23:59:59Z"));
        if (chance(75) && !(principal instanceof Principal.Service)) {
            keys.put("aws:PrincipalTag/project", any("red", "blue"));
        }
        if (chance(60)) {
            keys.put("aws:SourceIp", any("203.0.113.7", "10.1.2.3", "2001:db8::7"));
        }
        if (chance(60)) {
            keys.put("aws:SourceArn", any("arn:aws:events:us-east-1:" + HOME + ":rule/nightly", "arn:aws:s3:::data"));
        }
        if (chance(60)) {
            keys.put("aws:UserAgent", any("red/", "red/run-1/", "blue/", "RED/", "re*"));
        }
        if (chance(60)) {
            keys.put("aws:MultiFactorAuthAge", any("10", "100", "12.5"));
        }
        if (chance(50)) {
            keys.put("aws:SourceIdentity", any("QmluYXJ5", "T3RoZXI="));
        }
        if (chance(60)) {
            ArrayNode tags = keys.putArray("aws:TagKeys");
            List.of("project", "stage", "owner").stream()
                    .filter(tag -> chance(50))
                    .forEach(tags::add);
            if (tags.isEmpty()) {
                keys.remove("aws:TagKeys");
            }
        }
    }

    private ObjectNode policy(Target target, String resource, boolean ofResource) {
        ObjectNode policy = MAPPER.createObjectNode();
        if (chance(96)) {
            policy.put("Version", "2012-10-17");
        } else {
            policy.put("Version", "2008-10-17");
        }
        ArrayNode statements = policy.putArray("Statement");
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            statements.add(statement(target, resource, ofResource, i));
        }
        return policy;
    }

    private ObjectNode statement(Target target, String resource, boolean ofResource, int number) {
        ObjectNode statement = MAPPER.createObjectNode();
        statement.put("Sid", "S" + number);
        statement.put("Effect", chance(75) ? "Allow" : "Deny");
        if (ofResource) {
            principals(statement);
        }
        actions(statement, target);
        if (!(ofResource && target == Target.ROLE_TAKEN)) {
            resources(statement, resource);
        }
        if (chance(60)) {
            conditions(statement);
        }
        return statement;
    }

    private void principals(ObjectNode statement) {
        boolean deny = statement.path("Effect").asText().equals("Deny");
        String element = deny && chance(25) ? "NotPrincipal" : "Principal";
        if (element.equals("Principal") && chance(20)) {
            statement.put("Principal", "*");
            return;
        }
        ObjectNode principals = statement.putObject(element);
        List<String> accounts = some(
                "arn:aws:iam::" + HOME + ":root",
                HOME,
                ROLE,
                SESSION,
                USER,
                "arn:aws:iam::" + HOME + ":role/other",
                "arn:aws:iam::" + OTHER + ":root");
        put(principals, "AWS", accounts);
        if (chance(30)) {
            principals.put("Service", any("events.amazonaws.com", "ecs-tasks.amazonaws.com"));
        }
    }

    private void actions(ObjectNode statement, Target target) {
        String service = target.action.substring(0, target.action.indexOf(':'));
        List<String> actions = some(
                target.action,
                target.action.toUpperCase(java.util.Locale.ROOT),
                service + ":*",
                target.action.substring(0, target.action.length() - 3) + "*",
                target.action.substring(0, target.action.length() - 1) + "?",
                "*",
                "ec2:RunInstances",
                "sns:*");
        put(statement, chance(85) ? "Action" : "NotAction", actions);
    }

    private void resources(ObjectNode statement, String resource) {
        int colon = resource.lastIndexOf(':') + 1;
        List<String> resources = some(
                resource,
                "*",
                resource.substring(0, colon) + "*",
                resource.replace("red", "${aws:PrincipalTag/project}"),
                resource.replace("red", "${aws:PrincipalTag/project, 'red'}"),
                resource.replace("red", "${aws:username}"),
                resource.replace("model", "mod?l"),
                resource.replace("red", "r${*}"),
                resource.replace("red", "blue"),
                "arn:aws:*:*:*:*");
        put(statement, chance(88) ? "Resource" : "NotResource", resources);
    }

    private void conditions(ObjectNode statement) {
        ObjectNode condition = statement.putObject("Condition");
        int count = 1 + random.nextInt(2);
        for (int i = 0; i < count; i++) {
            condition(condition);
        }
    }

    private void condition(ObjectNode condition) {
        switch (random.nextInt(9)) {
            case 0 ->
                single(
                        condition,
                        any("StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase"),
                        "aws:UserAgent",
                        some("red/", "Red/", "blue/", "${aws:PrincipalTag/project}/", "re*"));
            case 1 ->
                single(
                        condition,
                        any("StringLike", "StringNotLike"),
                        "aws:UserAgent",
                        some(
                                "red/*",
                                "r?d/",
                                "*",
                                "${aws:PrincipalTag/project}/*",
                                "${aws:username, 'red'}/*",
                                "re${*}"));
            case 2 ->
                single(
                        condition,
                        any(
                                "NumericEquals",
                                "NumericNotEquals",
                                "NumericLessThan",
                                "NumericLessThanEquals",
                                "NumericGreaterThan",
                                "NumericGreaterThanEquals"),
                        "aws:MultiFactorAuthAge",
                        some("10", "50", "12.5", "100"));
            case 3 ->
                single(
                        condition,
                        any(
                                "DateEquals",
                                "DateNotEquals",
                                "DateLessThan",
                                "DateLessThanEquals",
                                "DateGreaterThan",
                                "DateGreaterThanEquals"),
                        "aws:CurrentTime",
                        some(
                                "2026-01-15T10:00:00Z",
                                "2026-02-01T00:00:00Z",
                                "2026-02-01T02:00:00+02:00",
                                "2027-01-01"));
            case 4 -> single(condition, "Bool", "aws:SecureTransport", List.of(any("true", "false", "True")));
            case 5 -> single(condition, "BinaryEquals", "aws:SourceIdentity", some("QmluYXJ5", "T3RoZXI="));
            case 6 ->
                single(
                        condition,
                        any("IpAddress", "NotIpAddress"),
                        "aws:SourceIp",
                        some("203.0.113.0/24", "10.0.0.0/8", "2001:db8::/32", "10.1.2.3", "203.0.113.8/29"));
            case 7 ->
                single(
                        condition,
                        any("ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike"),
                        any("aws:SourceArn", "aws:PrincipalArn"),
                        some(
                                "arn:aws:events:*:" + HOME + ":rule/*",
                                "arn:aws:s3:::d?ta",
                                ROLE,
                                "arn:aws:iam::" + HOME + ":role/crois/${aws:PrincipalTag/project}-task",
                                "arn:aws:iam::*:user/${aws:username}"));
            default -> sets(condition);
        }
    }

    private void sets(ObjectNode condition) {
        if (chance(25)) {
            put(
                    condition.withObjectProperty("Null"),
                    any("aws:TagKeys", "aws:UserAgent", "aws:PrincipalTag/project"),
                    List.of(any("true", "false")));
            return;
        }
        String operator =
                any("StringEquals", "StringLike", "StringNotEquals", "StringNotLike", "StringEqualsIgnoreCase");
        String set = any("ForAllValues:", "ForAnyValue:");
        put(
                condition.withObjectProperty(set + operator),
                any("aws:TagKeys", "aws:TagKeys", "aws:UserAgent"),
                some("project", "stage", "OWNER", "s*", "red/"));
    }

    private void single(ObjectNode condition, String operator, String key, List<String> values) {
        put(condition.withObjectProperty(chance(25) ? operator + "IfExists" : operator), key, values);
    }

    private void put(ObjectNode object, String name, List<String> values) {
        if (values.size() == 1 && chance(70)) {
            object.put(name, values.get(0));
        } else {
            ArrayNode list = object.putArray(name);
            values.forEach(list::add);
        }
    }

    @SafeVarargs
    private <T> T any(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** Returns one to three of the choices; the first ones are likelier. */
    private List<String> some(String... choices) {
        List<String> chosen = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            String choice = choices[Math.min(random.nextInt(choices.length), random.nextInt(choices.length))];
            if (!chosen.contains(choice)) {
                chosen.add(choice);
            }
        }
        return chosen;
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }
}

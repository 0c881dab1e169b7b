package io.crois.testkit.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crois.testkit.policy.Decision.Verdict;
import org.junit.jupiter.api.Test;

final class PolicyEvaluatorTest {

    private static final String ROLE = "arn:aws:iam::111111111111:role/crois/red-task";
    private static final Principal SESSION = Principal.session(ROLE, "run-1");
    private static final String OBJECT = "arn:aws:s3:::data/red/model.bin";
    private static final String KEY = "arn:aws:kms:us-east-1:111111111111:key/1234";
    private static final PolicyDocument ALL = identity("{'Effect':'Allow','Action':'*','Resource':'*'}");

    @Test
    void nothing_is_allowed_by_itself() {
        Decision decision =
                PolicyEvaluator.evaluate(request("s3:GetObject", OBJECT).build());

        assertThat(decision.verdict()).isEqualTo(Verdict.IMPLICITLY_DENIED);
        assertThat(decision.message())
                .isEqualTo("User: arn:aws:sts::111111111111:assumed-role/red-task/run-1 is not authorized to perform:"
                        + " s3:GetObject on resource: arn:aws:s3:::data/red/model.bin because no identity-based policy"
                        + " allows the s3:GetObject action");
    }

    @Test
    void a_denial_wins_and_is_named() {
        Decision decision = PolicyEvaluator.evaluate(request("s3:GetObject", OBJECT)
                .addIdentityPolicy(ALL)
                .resourcePolicy(
                        resource("{'Sid':'Fence','Effect':'Deny','Principal':'*','Action':'s3:*','Resource':'*'}"))
                .build());

        assertThat(decision.verdict()).isEqualTo(Verdict.EXPLICITLY_DENIED);
        assertThat(decision.statements()).containsExactly("resource/Fence");
        assertThat(decision.message()).endsWith("with an explicit deny in a resource-based policy");
    }

    @Test
    void an_explanation_says_what_a_condition_wanted_and_what_was_found() {
        Decision decision = PolicyEvaluator.evaluate(request("kms:Decrypt", KEY)
                .context("kms:ViaService", "dynamodb.us-east-1.amazonaws.com")
                .resourcePolicy(resource("{'Sid':'Data','Effect':'Allow','Principal':{'AWS':'" + ROLE
                        + "'},'Action':'kms:Decrypt','Resource':'*','Condition':{'StringEquals':{'kms:ViaService':"
                        + "'s3.us-east-1.amazonaws.com'}}}"))
                .build());

        assertThat(decision.explanation())
                .contains("`resource/Data` (resource-based policy) does not allow it: `StringEquals` wants"
                        + " `kms:ViaService` s3.us-east-1.amazonaws.com, and the request has"
                        + " dynamodb.us-east-1.amazonaws.com");
    }

    @Test
    void a_boundary_limits_what_a_resource_gives_to_the_role_but_not_to_the_session() {
        PolicyDocument nothing = identity("{'Effect':'Allow','Action':'sqs:*','Resource':'*'}");

        assertThat(allowed(request("s3:GetObject", OBJECT)
                        .permissionsBoundary(nothing)
                        .resourcePolicy(toAws("'" + ROLE + "'"))))
                .isFalse();
        assertThat(allowed(request("s3:GetObject", OBJECT)
                        .permissionsBoundary(nothing)
                        .resourcePolicy(toAws("'" + SESSION.arn() + "'"))))
                .isTrue();
    }

    @Test
    void a_session_policy_limits_the_role_but_not_what_the_session_itself_is_given() {
        PolicyDocument nothing = identity("{'Effect':'Allow','Action':'sqs:*','Resource':'*'}");

        assertThat(allowed(
                        request("s3:GetObject", OBJECT).addIdentityPolicy(ALL).addSessionPolicy(nothing)))
                .isFalse();
        assertThat(allowed(request("s3:GetObject", OBJECT)
                        .addSessionPolicy(nothing)
                        .resourcePolicy(toAws("'" + SESSION.arn() + "'"))))
                .isTrue();
    }

    @Test
    void across_accounts_both_sides_must_allow() {
        AccessRequest.Builder theirs = request("s3:GetObject", OBJECT).resourceAccount("222222222222");
        assertThat(allowed(theirs.addIdentityPolicy(ALL))).isFalse();
        assertThat(allowed(theirs.resourcePolicy(toAws("'111111111111'")))).isTrue();
        assertThat(allowed(request("s3:GetObject", OBJECT)
                        .resourceAccount("222222222222")
                        .resourcePolicy(toAws("'" + ROLE + "'"))))
                .isFalse();
    }

    @Test
    void a_key_must_name_the_principal_or_pass_the_decision_on_to_the_account() {
        AccessRequest.Builder request = request("kms:Decrypt", KEY).addIdentityPolicy(ALL);
        assertThat(allowed(request)).isFalse();
        assertThat(allowed(request.resourcePolicy(toAws("'arn:aws:iam::111111111111:role/other'"))))
                .isFalse();
        assertThat(allowed(request.resourcePolicy(toAws("'arn:aws:iam::111111111111:root'"))))
                .isTrue();
        assertThat(allowed(request("kms:Decrypt", KEY).resourcePolicy(toAws("'" + ROLE + "'"))))
                .isTrue();
    }

    @Test
    void a_grant_allows_what_the_key_policy_does_not_mention() {
        assertThat(allowed(request("kms:Decrypt", KEY)
                        .resourcePolicy(toAws("'222222222222'"))
                        .addGrant("grant-1")))
                .isTrue();
    }

    @Test
    void the_root_user_may_what_the_account_may_and_no_key_by_that() {
        Principal root = Principal.root("111111111111");
        assertThat(allowed(AccessRequest.builder(root, "s3:GetObject", OBJECT))).isTrue();
        assertThat(allowed(AccessRequest.builder(root, "kms:Decrypt", KEY))).isFalse();
        assertThat(allowed(AccessRequest.builder(root, "kms:Decrypt", KEY).resourcePolicy(toAws("'111111111111'"))))
                .isTrue();
    }

    @Test
    void a_service_is_allowed_by_the_resource_alone() {
        AccessRequest.Builder request = AccessRequest.builder(
                Principal.service("events.amazonaws.com"),
                "lambda:InvokeFunction",
                "arn:aws:lambda:us-east-1:111111111111:function:status");
        assertThat(allowed(request)).isFalse();
        assertThat(
                        allowed(
                                request.resourcePolicy(
                                        resource(
                                                "{'Effect':'Allow','Principal':{'Service':'events.amazonaws.com'},'Action':'lambda:InvokeFunction','Resource':'*'}"))))
                .isTrue();
    }

    @Test
    void a_role_is_assumed_by_whom_its_trust_policy_names() {
        String flow = "arn:aws:iam::111111111111:role/crois/red-flow";
        AccessRequest.Builder request = request("sts:AssumeRole", flow).addIdentityPolicy(ALL);
        assertThat(allowed(request)).isFalse();
        assertThat(allowed(request.resourcePolicy(
                        resource("{'Effect':'Allow','Principal':{'AWS':'" + ROLE + "'},'Action':'sts:AssumeRole'}"))))
                .isTrue();
    }

    @Test
    void every_level_of_the_organization_must_allow() {
        AccessRequest.Builder request =
                request("s3:GetObject", OBJECT).addIdentityPolicy(ALL).addServiceControlLevel(java.util.List.of(ALL));
        assertThat(allowed(request)).isTrue();
        assertThat(allowed(request.addServiceControlLevel(
                        java.util.List.of(identity("{'Effect':'Allow','Action':'sqs:*','Resource':'*'}")))))
                .isFalse();
    }

    @Test
    void a_variable_without_a_value_is_like_nothing_unless_it_has_a_default() {
        String resource = "arn:aws:s3:::data/${aws:PrincipalTag/project%s}/*";
        AccessRequest.Builder tagged = request("s3:GetObject", OBJECT).context("aws:PrincipalTag/project", "red");
        assertThat(allowed(tagged.addIdentityPolicy(onResource(resource.formatted("")))))
                .isTrue();
        assertThat(allowed(request("s3:GetObject", OBJECT).addIdentityPolicy(onResource(resource.formatted("")))))
                .isFalse();
        assertThat(allowed(
                        request("s3:GetObject", OBJECT).addIdentityPolicy(onResource(resource.formatted(", 'red'")))))
                .isTrue();
    }

    @Test
    void a_variable_brings_no_wildcards_and_no_separators() {
        AccessRequest.Builder request = request("s3:GetObject", OBJECT).context("aws:PrincipalTag/project", "*");
        assertThat(allowed(request.addIdentityPolicy(onResource("arn:aws:s3:::data/${aws:PrincipalTag/project}/*"))))
                .isFalse();
        assertThat(holds(
                        "ArnLike",
                        "aws:SourceArn",
                        "arn:aws:iam::${aws:PrincipalAccount}:role/x",
                        "arn:aws:iam::111111111111:role/x"))
                .isTrue();
    }

    @Test
    void predefined_variables_are_the_characters_themselves() {
        assertThat(holds("StringLike", "s3:prefix", "a${*}b${?}${$}", "a*b?$")).isTrue();
        assertThat(holds("StringLike", "s3:prefix", "a${*}b", "axb")).isFalse();
    }

    @Test
    void an_inverted_operator_matches_a_variable_without_a_value() {
        assertThat(holds("StringNotEquals", "s3:prefix", "${aws:username}", "red"))
                .isTrue();
        assertThat(holds("StringEquals", "s3:prefix", "${aws:username}", "red")).isFalse();
    }

    @Test
    void variables_of_an_old_policy_are_plain_text() {
        PolicyDocument old = PolicyDocument.parse(
                "old",
                "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"arn:aws:s3:::data/${aws:PrincipalTag/project}/*\"}}");
        assertThat(allowed(request("s3:GetObject", OBJECT)
                        .context("aws:PrincipalTag/project", "red")
                        .addIdentityPolicy(old)))
                .isFalse();
    }

    @Test
    void a_variable_stands_anywhere_in_the_name_of_a_queue() {
        assertThat(allowed(request("sqs:SendMessage", "arn:aws:sqs:us-east-1:111111111111:red-queue")
                        .context("aws:PrincipalTag/project", "red")
                        .addIdentityPolicy(onResource("arn:aws:sqs:us-east-1:*:${aws:PrincipalTag/project}-queue"))))
                .isTrue();
    }

    @Test
    void an_excluded_resource_with_a_missing_variable_excludes_nothing() {
        assertThat(
                        allowed(
                                request("s3:GetObject", OBJECT)
                                        .addIdentityPolicy(
                                                identity(
                                                        "{'Effect':'Allow','Action':'*','NotResource':'arn:aws:s3:::data/${aws:username}/*'}"))))
                .isTrue();
    }

    @Test
    void an_address_of_the_other_family_is_in_no_range() {
        assertThat(holds("NotIpAddress", "aws:SourceIp", "10.0.0.0/8", "2001:db8::7"))
                .isTrue();
        assertThat(holds("IpAddress", "aws:SourceIp", "2001:db8::/32", "2001:db8::7"))
                .isTrue();
        assertThat(holds("IpAddress", "aws:SourceIp", "10.1.2.3", "10.1.2.4")).isFalse();
    }

    @Test
    void sets_are_quantified() {
        assertThat(sets("ForAllValues:StringEquals", "red", "blue")).isFalse();
        assertThat(sets("ForAnyValue:StringEquals", "red", "blue")).isTrue();
        assertThat(sets("ForAllValues:StringEquals")).isTrue();
        assertThat(sets("ForAnyValue:StringEquals")).isFalse();
        assertThat(sets("ForAnyValue:StringEqualsIfExists")).isTrue();
    }

    @Test
    void a_denial_of_all_but_some_denies_whoever_has_a_boundary() {
        PolicyDocument fence =
                resource("{'Effect':'Deny','NotPrincipal':{'AWS':'" + ROLE + "'},'Action':'*','Resource':'*'}");
        AccessRequest.Builder request =
                request("s3:GetObject", OBJECT).addIdentityPolicy(ALL).resourcePolicy(fence);
        assertThat(allowed(request)).isTrue();
        assertThat(allowed(request.permissionsBoundary(ALL))).isFalse();
    }

    @Test
    void a_session_carries_the_keys_of_its_role() {
        assertThat(request("s3:GetObject", OBJECT).build().context())
                .containsEntry("aws:PrincipalArn", java.util.List.of(ROLE))
                .containsEntry("aws:PrincipalAccount", java.util.List.of("111111111111"));
    }

    @Test
    void a_policy_reports_all_its_problems() {
        assertThatThrownBy(() -> PolicyDocument.parse(
                        "task",
                        "{\"Version\":\"2012-10-18\",\"Statement\":[{\"Sid\":\"A\",\"Effect\":\"allow\",\"Actions\":\"*\","
                                + "\"Condition\":{\"StringIs\":{\"a\":\"b\"}}}]}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Policy `task` has 4 problems.")
                .hasMessageContaining("`Version` must be `2012-10-17` or `2008-10-17`, but was `2012-10-18`.")
                .hasMessageContaining("`task/A`: there is no element `Actions`.")
                .hasMessageContaining("`task/A`: `Effect` must be `Allow` or `Deny`, but was `allow`.")
                .hasMessageContaining("`task/A`: there is no operator `StringIs`.");
    }

    @Test
    void principals_are_named_by_whole_arns() {
        assertThatThrownBy(() -> Principal.session("red-task", "run-1"))
                .hasMessage("The ARN of a principal must look like `arn:aws:iam::111122223333:role/name`, but was"
                        + " `red-task`.");
    }

    private static AccessRequest.Builder request(String action, String resource) {
        return AccessRequest.builder(SESSION, action, resource);
    }

    private static boolean allowed(AccessRequest.Builder request) {
        return PolicyEvaluator.evaluate(request.build()).isAllowed();
    }

    private static boolean holds(String operator, String key, String wanted, String found) {
        return allowed(request("s3:GetObject", OBJECT)
                .context(key, found)
                .addIdentityPolicy(identity("{'Effect':'Allow','Action':'*','Resource':'*','Condition':{'" + operator
                        + "':{'" + key + "':'" + wanted + "'}}}")));
    }

    private static boolean sets(String operator, String... found) {
        return allowed(request("s3:GetObject", OBJECT)
                .context("aws:TagKeys", found)
                .addIdentityPolicy(identity("{'Effect':'Allow','Action':'*','Resource':'*','Condition':{'" + operator
                        + "':{'aws:TagKeys':'red'}}}")));
    }

    private static PolicyDocument onResource(String resource) {
        return PolicyDocument.parse(
                "identity",
                document("{'Effect':'Allow','Action':'*','Resource':'RESOURCE'}")
                        .replace("RESOURCE", resource));
    }

    private static PolicyDocument identity(String statement) {
        return PolicyDocument.parse("identity", document(statement));
    }

    private static PolicyDocument resource(String statement) {
        return PolicyDocument.parse("resource", document(statement));
    }

    private static PolicyDocument toAws(String principal) {
        return resource("{'Effect':'Allow','Principal':{'AWS':" + principal + "},'Action':'*','Resource':'*'}");
    }

    private static String document(String statement) {
        return ("{'Version':'2012-10-17','Statement':[" + statement + "]}").replace('\'', '"');
    }
}

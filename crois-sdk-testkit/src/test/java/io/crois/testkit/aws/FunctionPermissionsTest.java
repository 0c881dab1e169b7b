package io.crois.testkit.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.crois.testkit.policy.Decision;
import io.crois.testkit.policy.Principal;
import io.crois.testkit.time.VirtualEventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.lambda.model.ResourceConflictException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/** A function is called by whom its policy admits, and by roles that may. */
final class FunctionPermissionsTest {
    private static final String A = "111111111111";
    private static final String ARN = "arn:aws:lambda:us-east-1:" + A + ":function:work";
    private static final String ROLE = "arn:aws:iam::" + A + ":role/caller";

    private final InMemoryAws aws = InMemoryAws.builder().enforcePermissions().build();
    private final List<JsonNode> calls = new ArrayList<>();

    @BeforeEach
    void a_function() {
        aws.lambdaFunction("work", input -> {
            calls.add(input);
            return NullNode.getInstance();
        });
        aws.iam()
                .createRole(create -> create.roleName("caller")
                        .assumeRolePolicyDocument("{\"Version\":\"2012-10-17\",\"Statement\":[]}"));
    }

    private void permit(String principal, String source) {
        aws.lambda()
                .addPermission(add -> add.functionName("work")
                        .statementId("one")
                        .action("lambda:InvokeFunction")
                        .principal(principal)
                        .sourceArn(source));
    }

    private void event() {
        aws.eventBridge()
                .putEvents(put -> put.entries(
                        entry -> entry.source("mine").detailType("x").detail("{}")));
        ((VirtualEventLoop) aws.eventLoop()).advance(Duration.ofMinutes(1));
    }

    @Test
    void a_rule_calls_a_function_only_if_the_functions_policy_admits_that_rule() {
        String rule = aws.eventBridge()
                .putRule(put -> put.name("all").eventPattern("{\"source\": [\"mine\"]}"))
                .ruleArn();
        aws.eventBridge()
                .putTargets(put ->
                        put.rule("all").targets(target -> target.id("work").arn(ARN)));

        event();
        assertThat(calls).isEmpty();
        assertThat(aws.denials())
                .extracting(Decision::message)
                .singleElement()
                .asString()
                .contains("lambda:Invoke", ARN);

        permit("events.amazonaws.com", rule + "-other");
        event();
        assertThat(calls).isEmpty();

        aws.lambda().removePermission(remove -> remove.functionName("work").statementId("one"));
        permit("events.amazonaws.com", rule);
        event();
        assertThat(calls).hasSize(1);
    }

    @Test
    void a_topic_calls_a_function_only_if_the_functions_policy_admits_the_topic() {
        String topic = aws.sns().createTopic(create -> create.name("news")).topicArn();
        aws.sns()
                .subscribe(subscribe ->
                        subscribe.topicArn(topic).protocol("lambda").endpoint(ARN));

        aws.sns().publish(publish -> publish.topicArn(topic).message("1"));
        ((VirtualEventLoop) aws.eventLoop()).advance(Duration.ofMinutes(1));
        assertThat(calls).isEmpty();

        permit("sns.amazonaws.com", topic);
        aws.sns().publish(publish -> publish.topicArn(topic).message("2"));
        ((VirtualEventLoop) aws.eventLoop()).advance(Duration.ofMinutes(1));
        assertThat(calls).hasSize(1);
    }

    @Test
    void a_functions_policy_admits_a_role_that_has_no_right_of_its_own_and_one_of_an_alias_does_not() {
        ActingClients caller = aws.as(Principal.session(ROLE, "run"));
        assertThatThrownBy(() -> caller.lambda().invoke(invoke -> invoke.functionName("work")))
                .isInstanceOf(LambdaException.class)
                .hasMessageContaining("lambda:InvokeFunction on resource: " + ARN);

        aws.lambda()
                .addPermission(add -> add.functionName("work")
                        .qualifier("live")
                        .statementId("one")
                        .action("lambda:InvokeFunction")
                        .principal(ROLE));
        caller.lambda().invoke(invoke -> invoke.functionName("work:live"));
        assertThatThrownBy(() -> caller.lambda().invoke(invoke -> invoke.functionName("work")))
                .isInstanceOf(LambdaException.class);

        permit(ROLE, null);
        caller.lambda().invoke(invoke -> invoke.functionName("work"));
        assertThat(calls).hasSize(2);
    }

    @Test
    void permissions_are_told_apart_by_their_ids_and_go_with_the_function() {
        assertThatThrownBy(() -> aws.lambda().getPolicy(get -> get.functionName("work")))
                .isInstanceOf(ResourceNotFoundException.class);
        permit(A, null);

        assertThat(aws.lambda().getPolicy(get -> get.functionName(ARN)).policy())
                .contains("\"Sid\":\"one\"", "\"AWS\":\"arn:aws:iam::" + A + ":root\"", "\"Resource\":\"" + ARN + "\"");
        assertThatThrownBy(() -> permit(A, null))
                .isInstanceOf(ResourceConflictException.class)
                .hasMessageContaining("The statement id (one) provided already exists.");
        assertThatThrownBy(() -> aws.lambda()
                        .removePermission(remove -> remove.functionName("work").statementId("two")))
                .isInstanceOf(ResourceNotFoundException.class);

        aws.lambda().deleteFunction(delete -> delete.functionName("work"));
        aws.lambda()
                .createFunction(create -> create.functionName("work")
                        .role(ROLE)
                        .runtime("java21")
                        .handler("Work")
                        .code(code -> code.s3Bucket("code").s3Key("work.jar")));
        assertThatThrownBy(() -> aws.lambda().getPolicy(get -> get.functionName("work")))
                .isInstanceOf(ResourceNotFoundException.class);
    }
}

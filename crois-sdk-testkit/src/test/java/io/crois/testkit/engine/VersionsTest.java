package io.crois.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.CreateStateMachineRequest;
import software.amazon.awssdk.services.sfn.model.CreateStateMachineResponse;
import software.amazon.awssdk.services.sfn.model.EncryptionType;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.RoutingConfigurationListItem;
import software.amazon.awssdk.services.sfn.model.SfnException;
import software.amazon.awssdk.services.sfn.model.Tag;

/** Machines that are created again, their versions and aliases, as recordings of September 2026 show them. */
final class VersionsTest {

    private static final String MACHINE = "arn:aws:states:us-east-1:111111111111:stateMachine:m";
    private static final String EXISTS = "State Machine Already Exists: ";
    private static final String PUBLISHED = EXISTS + "This state machine was already created with a published version";

    private final StepFunctions engine = new StepFunctions();
    private final SfnClient sfn = engine.sfn;

    private static String pass(int result) {
        return "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Pass\",\"Result\":" + result + ",\"End\":true}}}";
    }

    private CreateStateMachineResponse create(int result, Consumer<CreateStateMachineRequest.Builder> more) {
        return sfn.createStateMachine(request -> {
            request.name("m").roleArn("arn:aws:iam::111111111111:role/flow").definition(pass(result));
            more.accept(request);
        });
    }

    private String publish(String description) {
        return sfn.publishStateMachineVersion(
                        request -> request.stateMachineArn(MACHINE).description(description))
                .stateMachineVersionArn();
    }

    private void alias(String version) {
        sfn.createStateMachineAlias(request -> request.name("live")
                .routingConfiguration(RoutingConfigurationListItem.builder()
                        .stateMachineVersionArn(version)
                        .weight(100)
                        .build()));
    }

    private static void assertRefused(Runnable call, String code, String message) {
        SfnException refused = catchThrowableOfType(SfnException.class, call::run);
        assertThat(refused).as("no refusal").isNotNull();
        assertThat(refused.awsErrorDetails().errorCode()).isEqualTo(code);
        assertThat(refused.awsErrorDetails().errorMessage()).isEqualTo(message);
    }

    private static void assertExists(Runnable call, String message) {
        assertRefused(call, "StateMachineAlreadyExists", message);
    }

    @Test
    void a_machine_is_created_again_with_what_its_first_version_was_published_with() {
        create(1, request -> {});
        String first = publish("one");
        sfn.updateStateMachine(request -> request.stateMachineArn(MACHINE).definition(pass(2)));
        publish("two");

        assertThat(create(2, request -> request.publish(true).versionDescription("one"))
                        .stateMachineVersionArn())
                .isEqualTo(first);
        assertExists(
                () -> create(1, request -> request.publish(true).versionDescription("one")),
                EXISTS + "'" + MACHINE + "'");
        assertExists(() -> create(2, request -> {}), PUBLISHED + ".");
        assertExists(() -> create(2, request -> request.publish(true)), PUBLISHED + " using a different description.");
        assertExists(
                () -> create(2, request -> request.publish(true).versionDescription("two")),
                PUBLISHED + " using a different description.");
    }

    @Test
    void an_update_that_changes_nothing_tells_when_the_last_one_did() {
        create(1, request -> {});
        var changed = sfn.updateStateMachine(
                request -> request.stateMachineArn(MACHINE).definition(pass(2)));
        engine.loop.advance(Duration.ofHours(1));

        var again = sfn.updateStateMachine(
                request -> request.stateMachineArn(MACHINE).definition(pass(2)));

        assertThat(again.updateDate()).isEqualTo(changed.updateDate());
        assertRefused(
                () -> sfn.updateStateMachine(
                        request -> request.stateMachineArn(MACHINE).versionDescription("none")),
                "MissingRequiredParameter",
                "Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be "
                        + "specified");
    }

    @Test
    void a_version_that_is_gone_is_told_as_one_but_what_it_ran_is_still_listed() {
        create(1, request -> request.publish(true));
        String version = MACHINE + ":1";
        String execution =
                sfn.startExecution(request -> request.stateMachineArn(version)).executionArn();
        sfn.deleteStateMachineVersion(request -> request.stateMachineVersionArn(version));
        String problem = "State Machine Version Does Not Exist: '" + version + "'";

        assertRefused(
                () -> sfn.describeStateMachine(request -> request.stateMachineArn(version)),
                "StateMachineDoesNotExist",
                problem);
        assertRefused(
                () -> sfn.startExecution(request -> request.stateMachineArn(version)),
                "StateMachineDoesNotExist",
                problem);
        assertThat(sfn.listExecutions(request -> request.stateMachineArn(version))
                        .executions())
                .extracting(ExecutionListItem::executionArn)
                .containsExactly(execution);
    }

    @Test
    void an_alias_has_an_update_date_when_it_was_updated() {
        create(1, request -> request.publish(true));
        alias(MACHINE + ":1");
        String alias = MACHINE + ":live";

        assertThat(sfn.describeStateMachineAlias(request -> request.stateMachineAliasArn(alias))
                        .updateDate())
                .isNull();
        var updated = sfn.updateStateMachineAlias(
                request -> request.stateMachineAliasArn(alias).description("x"));
        assertThat(sfn.describeStateMachineAlias(request -> request.stateMachineAliasArn(alias))
                        .updateDate())
                .isEqualTo(updated.updateDate());
        assertRefused(
                () -> sfn.updateStateMachineAlias(request -> request.stateMachineAliasArn(alias)),
                "ValidationException",
                "Either description or routing configuration must be specified");
        sfn.deleteStateMachineAlias(request -> request.stateMachineAliasArn(alias));
        assertRefused(
                () -> sfn.describeStateMachineAlias(request -> request.stateMachineAliasArn(alias)),
                "ResourceNotFound",
                "Resource not found: '" + alias + "'");
    }

    @Test
    void a_version_has_no_tags_and_nobody_sets_those_of_aws() {
        create(
                1,
                request -> request.publish(true)
                        .tags(Tag.builder().key("a").value("b").build()));
        String version = MACHINE + ":1";

        assertThat(sfn.listTagsForResource(request -> request.resourceArn(version))
                        .tags())
                .isEmpty();
        assertRefused(
                () -> sfn.tagResource(request -> request.resourceArn(version)
                        .tags(Tag.builder().key("a").value("b").build())),
                "ResourceNotFound",
                "Resource not found: '" + version + "'");
        assertRefused(
                () -> sfn.tagResource(request -> request.resourceArn(MACHINE)
                        .tags(Tag.builder().key("aws:a").value("b").build())),
                "AccessDeniedException",
                "Caller is an end user and not allowed to mutate system tags");
    }

    @Test
    void a_machine_for_which_no_key_is_named_is_encrypted_with_one_of_aws() {
        create(1, request -> {});

        assertThat(sfn.describeStateMachine(request -> request.stateMachineArn(MACHINE))
                        .encryptionConfiguration()
                        .type())
                .isEqualTo(EncryptionType.AWS_OWNED_KEY);
    }
}

package io.crois.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.CreateStateMachineRequest;
import software.amazon.awssdk.services.sfn.model.EncryptionType;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.IncludedData;
import software.amazon.awssdk.services.sfn.model.LogDestination;
import software.amazon.awssdk.services.sfn.model.LogLevel;
import software.amazon.awssdk.services.sfn.model.LoggingConfiguration;
import software.amazon.awssdk.services.sfn.model.RoutingConfigurationListItem;
import software.amazon.awssdk.services.sfn.model.SfnException;
import software.amazon.awssdk.services.sfn.model.StateMachineListItem;
import software.amazon.awssdk.services.sfn.model.StateMachineType;
import software.amazon.awssdk.services.sfn.model.ValidationException;
import software.amazon.awssdk.services.sfn.model.ValidationExceptionReason;

/** Requests are accepted and refused as the API reference says, in the words that were recorded where they were. */
final class ServiceRequestsTest {

    private static final String ROLE = "arn:aws:iam::111111111111:role/flow";
    private static final String PREFIX = "arn:aws:states:us-east-1:111111111111:";
    private static final String MACHINE = PREFIX + "stateMachine:m";
    private static final String PASS = pass("1");

    private final StepFunctions engine = new StepFunctions();
    private final SfnClient sfn = engine.sfn;

    private static String pass(String result) {
        return "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Pass\",\"Result\":" + result + ",\"End\":true}}}";
    }

    private String create(Consumer<CreateStateMachineRequest.Builder> more) {
        return sfn.createStateMachine(request -> {
                    request.name("m").roleArn(ROLE).definition(PASS);
                    more.accept(request);
                })
                .stateMachineArn();
    }

    private String publish(String result) {
        sfn.updateStateMachine(request -> request.stateMachineArn(MACHINE).definition(pass(result)));
        return sfn.publishStateMachineVersion(request -> request.stateMachineArn(MACHINE))
                .stateMachineVersionArn();
    }

    private String alias(RoutingConfigurationListItem... routes) {
        return sfn.createStateMachineAlias(request -> request.name("live").routingConfiguration(routes))
                .stateMachineAliasArn();
    }

    private static RoutingConfigurationListItem route(String version, int weight) {
        return RoutingConfigurationListItem.builder()
                .stateMachineVersionArn(version)
                .weight(weight)
                .build();
    }

    private static void assertRefused(Runnable call, String code, String message) {
        SfnException refused = catchThrowableOfType(SfnException.class, call::run);
        assertThat(refused).as("no refusal").isNotNull();
        assertThat(refused.awsErrorDetails().errorCode()).isEqualTo(code);
        assertThat(refused.awsErrorDetails().errorMessage()).isEqualTo(message);
    }

    private static void assertInvalid(Runnable call, String problem) {
        assertRefused(call, "ValidationException", "1 validation error detected: " + problem);
    }

    private static void assertReason(Runnable call, ValidationExceptionReason reason) {
        assertThat(catchThrowableOfType(ValidationException.class, call::run).reason())
                .isEqualTo(reason);
    }

    @Test
    void all_constraints_that_a_request_breaks_are_told_at_once_and_secrets_are_left_out() {
        String long81 = "n".repeat(81);

        assertRefused(
                () -> sfn.createStateMachine(request -> request.name(long81).definition("")),
                "ValidationException",
                "3 validation errors detected: Value '" + long81 + "' at 'name' failed to satisfy constraint: Member "
                        + "must have length less than or equal to 80; Value at 'definition' failed to satisfy "
                        + "constraint: Member must have length greater than or equal to 1; Value null at 'roleArn' "
                        + "failed to satisfy constraint: Member must not be null");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            not_an_arn                                                     | Invalid ARN prefix: not_an_arn
            arn:aws:states:us-east-1:111111111111:express:m:e:1            | Resource type not valid in this context: express
            arn:aws:states:us-east-1:111111111111:stateMachine:m           | Resource type not valid in this context: stateMachine
            arn:aws:states:us-east-1                                       | arn:aws:states:us-east-1
            """)
    void an_arn_of_another_kind_is_refused(String arn, String problem) {
        List<Runnable> calls = List.of(
                () -> sfn.describeExecution(request -> request.executionArn(arn)),
                () -> sfn.stopExecution(request -> request.executionArn(arn)),
                () -> sfn.getExecutionHistory(request -> request.executionArn(arn)),
                () -> sfn.listMapRuns(request -> request.executionArn(arn)),
                () -> sfn.redriveExecution(request -> request.executionArn(arn)));

        calls.forEach(call -> assertRefused(call, "InvalidArn", "Invalid Arn: '" + problem + "'"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a<", "a>", "a{", "a}", "a[", "a]", "a?", "a*", "a\"", "a#", "a%", "a\\", "a^"})
    void a_name_with_a_character_that_is_not_allowed_is_refused(String name) {
        String machine = create(request -> {});

        assertRefused(() -> create(request -> request.name(name)), "InvalidName", "Invalid Name: '" + name + "'");
        assertRefused(
                () -> sfn.createActivity(request -> request.name(name)), "InvalidName", "Invalid Name: '" + name + "'");
        assertRefused(
                () -> sfn.startExecution(
                        request -> request.stateMachineArn(machine).name(name)),
                "InvalidName",
                "Invalid Name: '" + name + "'");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            not some json | Unrecognized token 'not': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')
            {'not': 1}    | Unexpected character (''' (code 39)): was expecting double-quote to start field name
            ''            | Invalid execution input.
            """, quoteCharacter = '`')
    void an_input_that_is_no_json_is_refused(String input, String problem) {
        String machine = create(request -> {});

        assertRefused(
                () -> sfn.startExecution(
                        request -> request.stateMachineArn(machine).input(input.equals("''") ? "" : input)),
                "InvalidExecutionInput",
                "Invalid State Machine Execution Input: '" + problem + "'");
    }

    @Test
    void a_page_has_at_most_a_thousand_entries_and_a_token_a_limited_length() {
        String machine = create(request -> {});
        String long1025 = "x".repeat(1_025);
        String long3097 = "x".repeat(3_097);

        assertInvalid(
                () -> sfn.listStateMachines(request -> request.maxResults(1_001)),
                "Value '1001' at 'maxResults' failed to satisfy constraint: "
                        + "Member must have value less than or equal to 1000");
        assertInvalid(
                () -> sfn.listStateMachines(request -> request.nextToken(long1025)),
                "Value '" + long1025 + "' at 'nextToken' failed to satisfy constraint: "
                        + "Member must have length less than or equal to 1024");
        assertInvalid(
                () -> sfn.listExecutions(
                        request -> request.stateMachineArn(machine).nextToken(long3097)),
                "Value '" + long3097 + "' at 'nextToken' failed to satisfy constraint: "
                        + "Member must have length less than or equal to 3096");
        assertInvalid(
                () -> sfn.listExecutions(
                        request -> request.stateMachineArn(machine).statusFilter("succeeded")),
                "Value 'succeeded' at 'statusFilter' failed to satisfy constraint: Member must satisfy enum value set: "
                        + "[SUCCEEDED, TIMED_OUT, PENDING_REDRIVE, ABORTED, FAILED, RUNNING]");
    }

    @Test
    void machines_are_listed_by_name() {
        for (String name : List.of("b_", "a_", "a1_", "a10_")) {
            create(request -> request.name(name));
        }

        assertThat(sfn.listStateMachines(request -> {}).stateMachines())
                .extracting(StateMachineListItem::name)
                .containsExactly("a10_", "a1_", "a_", "b_");
    }

    @Test
    void logging_and_tracing_are_off_unless_something_else_is_said() {
        String machine = create(request -> request.loggingConfiguration(logging -> {}));

        var described = sfn.describeStateMachine(request -> request.stateMachineArn(machine));

        assertThat(described.loggingConfiguration())
                .isEqualTo(LoggingConfiguration.builder()
                        .level(LogLevel.OFF)
                        .includeExecutionData(false)
                        .build());
        assertThat(described.tracingConfiguration().enabled()).isFalse();
        assertThat(described.encryptionConfiguration().type()).isEqualTo(EncryptionType.AWS_OWNED_KEY);
        assertThat(described.revisionId()).isNull();
    }

    @Test
    void a_log_level_needs_exactly_one_destination() {
        LogDestination group = LogDestination.builder()
                .cloudWatchLogsLogGroup(logs -> logs.logGroupArn("arn:aws:logs:us-east-1:111111111111:log-group:g:*"))
                .build();
        String problem = "Invalid Logging Configuration: Must specify exactly one Log Destination.";
        List<LogDestination[]> wrong = Arrays.asList(
                new LogDestination[0],
                new LogDestination[] {LogDestination.builder().build()},
                new LogDestination[] {group, group});

        for (LogDestination[] destinations : wrong) {
            assertRefused(
                    () -> create(request -> request.loggingConfiguration(
                            logging -> logging.level(LogLevel.ALL).destinations(destinations))),
                    "InvalidLoggingConfiguration",
                    problem);
        }
        String machine = create(request -> request.loggingConfiguration(
                logging -> logging.level(LogLevel.ALL).destinations(group)));
        assertThat(sfn.describeStateMachine(request -> request.stateMachineArn(machine))
                        .loggingConfiguration()
                        .destinations())
                .containsExactly(group);
    }

    @Test
    void a_key_of_the_customer_is_named_and_reused_for_300_seconds() {
        assertThat(catchThrowableOfType(
                                SfnException.class,
                                () -> create(request -> request.encryptionConfiguration(
                                        encryption -> encryption.type(EncryptionType.CUSTOMER_MANAGED_KMS_KEY))))
                        .awsErrorDetails()
                        .errorCode())
                .isEqualTo("InvalidEncryptionConfiguration");
        String machine = create(request -> request.encryptionConfiguration(encryption ->
                encryption.type(EncryptionType.CUSTOMER_MANAGED_KMS_KEY).kmsKeyId("alias/k")));

        assertThat(sfn.describeStateMachine(request -> request.stateMachineArn(machine))
                        .encryptionConfiguration()
                        .kmsDataKeyReusePeriodSeconds())
                .isEqualTo(300);
        assertThat(sfn.describeStateMachine(
                                request -> request.stateMachineArn(machine).includedData(IncludedData.METADATA_ONLY))
                        .definition())
                .isNull();
    }

    @Test
    void creating_again_is_the_same_only_with_the_same_version_to_publish() {
        String first = create(request -> request.publish(true));

        assertThat(create(request -> request.publish(true).roleArn(ROLE + "2"))).isEqualTo(first);
        assertRefused(
                () -> create(request -> {}),
                "StateMachineAlreadyExists",
                "State Machine Already Exists: This state machine was already created with a published version.");
        assertRefused(
                () -> create(request -> request.name("other").versionDescription("first")),
                "ValidationException",
                "Version description can only be set when publish is true");
    }

    @Test
    void an_update_that_changes_nothing_makes_no_revision() {
        create(request -> {});

        var unchanged = sfn.updateStateMachine(
                request -> request.stateMachineArn(MACHINE).publish(true));
        var changed = sfn.updateStateMachine(
                request -> request.stateMachineArn(MACHINE).definition(pass("2")));
        var again = sfn.updateStateMachine(
                request -> request.stateMachineArn(MACHINE).definition(pass("2")));

        assertThat(unchanged.revisionId()).isNull();
        assertThat(unchanged.stateMachineVersionArn()).isEqualTo(MACHINE + ":1");
        assertThat(changed.revisionId()).isNotNull().isEqualTo(again.revisionId());
        assertRefused(
                () -> sfn.updateStateMachine(
                        request -> request.stateMachineArn(MACHINE + ":1").definition(PASS)),
                "StateMachineDoesNotExist",
                "State Machine Does Not Exist: '" + MACHINE + ":1'");
    }

    @Test
    void a_version_is_published_once_and_its_number_never_again() {
        create(request -> {});
        String first = publish("1");

        assertThat(publish("1")).isEqualTo(first);
        sfn.deleteStateMachineVersion(request -> request.stateMachineVersionArn(first));
        sfn.deleteStateMachineVersion(request -> request.stateMachineVersionArn(first));

        assertThat(publish("1")).isEqualTo(MACHINE + ":2");
        assertThat(sfn.listStateMachineVersions(request -> request.stateMachineArn(MACHINE + "gone"))
                        .stateMachineVersions())
                .isEmpty();
    }

    @Test
    void an_alias_leads_to_one_or_two_different_versions_whose_weights_make_up_a_hundred() {
        create(request -> {});
        String one = publish("1");
        String two = publish("2");
        String three = publish("3");

        assertRefused(
                () -> alias(route(MACHINE, 50), route(two, 50)),
                "ValidationException",
                "Routing configuration must contain state machine version ARNs. Received: [" + MACHINE + ", " + two
                        + "]");
        assertRefused(
                () -> alias(route(one, 50), route(one, 50)),
                "ValidationException",
                "Routing configuration must contain distinct state machine version ARNs. Received: [" + one + ", " + one
                        + "]");
        assertRefused(
                () -> alias(route(one, 70), route(two, 29)),
                "ValidationException",
                "Sum of routing configuration weights must equal 100. Received: [70, 29]");
        assertInvalid(
                () -> alias(route(one, 101)),
                "Value '101' at 'routingConfiguration.1.member.weight' failed to satisfy constraint: "
                        + "Member must have value less than or equal to 100");
        assertInvalid(
                () -> alias(route(one, 50), route(two, 30), route(three, 20)),
                "Value '[RoutingConfigurationListItem(stateMachineVersionArn=" + one
                        + ", weight=50), RoutingConfigurationListItem(stateMachineVersionArn=" + two
                        + ", weight=30), RoutingConfigurationListItem(stateMachineVersionArn=" + three
                        + ", weight=20)]' at 'routingConfiguration' failed to satisfy constraint: "
                        + "Member must have length less than or equal to 2");
        assertReason(
                () -> alias(route(one, 50), route(two, 51)), ValidationExceptionReason.INVALID_ROUTING_CONFIGURATION);
    }

    @ParameterizedTest
    @ValueSource(strings = {"123", "INVALID ALIAS", "!INVALID", "ALIAS@"})
    void an_alias_has_a_name_of_letters_digits_and_a_few_marks_that_is_no_number(String name) {
        create(request -> {});
        String version = publish("1");

        assertInvalid(
                () -> sfn.createStateMachineAlias(
                        request -> request.name(name).routingConfiguration(route(version, 100))),
                "Value '" + name + "' at 'name' failed to satisfy constraint: Member must satisfy regular "
                        + "expression pattern: ^(?=.*[a-zA-Z_\\-\\.])[a-zA-Z0-9_\\-\\.]+$");
    }

    @Test
    void an_alias_is_made_once_and_keeps_its_version_from_being_deleted() {
        create(request -> {});
        String version = publish("1");
        String live = alias(route(version, 100));

        assertThat(alias(route(version, 100))).isEqualTo(live);
        assertRefused(
                () -> sfn.createStateMachineAlias(
                        request -> request.name("live").description("other").routingConfiguration(route(version, 100))),
                "ConflictException",
                "Failed to create alias because an alias with the same name and a different routing configuration "
                        + "already exists.");
        assertRefused(
                () -> sfn.deleteStateMachineVersion(request -> request.stateMachineVersionArn(version)),
                "ConflictException",
                "Version to be deleted must not be referenced by an alias. Current list of aliases referencing this "
                        + "version: [live]");
        sfn.deleteStateMachineAlias(request -> request.stateMachineAliasArn(live));
        sfn.deleteStateMachineAlias(request -> request.stateMachineAliasArn(live));
        assertRefused(
                () -> sfn.updateStateMachineAlias(
                        request -> request.stateMachineAliasArn(live).description("gone")),
                "ResourceNotFound",
                "Request references a resource that does not exist.");
        sfn.deleteStateMachineVersion(request -> request.stateMachineVersionArn(version));
    }

    @Test
    void the_arn_of_a_map_in_a_machine_is_not_one_to_start_change_or_delete() {
        create(request -> {});
        List<Runnable> calls = List.of(
                () -> sfn.startExecution(request -> request.stateMachineArn(MACHINE + "/each")),
                () -> sfn.updateStateMachine(
                        request -> request.stateMachineArn(MACHINE + "/each").definition(PASS)),
                () -> sfn.deleteStateMachine(request -> request.stateMachineArn(MACHINE + "/each")));

        calls.forEach(call -> assertReason(call, ValidationExceptionReason.API_DOES_NOT_SUPPORT_LABELED_ARNS));
        assertThat(sfn.describeStateMachine(request -> request.stateMachineArn(MACHINE + "/each"))
                        .label())
                .isEqualTo("each");
    }

    @Test
    void executions_of_a_machine_and_of_a_map_run_are_not_listed_together() {
        String run = PREFIX + "mapRun:m/each:1";
        create(request -> {});

        assertThat(catchThrowableOfType(ValidationException.class, () -> sfn.listExecutions(request -> {})))
                .isNotNull();
        assertThat(catchThrowableOfType(
                        ValidationException.class,
                        () -> sfn.listExecutions(
                                request -> request.stateMachineArn(MACHINE).mapRunArn(run))))
                .isNotNull();
        assertThat(catchThrowableOfType(
                        ValidationException.class,
                        () -> sfn.listExecutions(
                                request -> request.stateMachineArn(MACHINE).redriveFilter("REDRIVEN"))))
                .isNotNull();
        assertRefused(
                () -> sfn.listExecutions(request -> request.mapRunArn(run)),
                "ResourceNotFound",
                "Resource not found: '" + run + "'");
        assertRefused(
                () -> sfn.listExecutions(request -> request.stateMachineArn(MACHINE + "2")),
                "StateMachineDoesNotExist",
                "State Machine Does Not Exist: '" + MACHINE + "2'");
    }

    @Test
    void an_express_machine_tells_of_its_executions_to_nobody() {
        String machine = create(request -> request.type(StateMachineType.EXPRESS));
        String text = "This operation is not supported by this type of state machine";

        assertRefused(
                () -> sfn.listExecutions(request -> request.stateMachineArn(machine)),
                "StateMachineTypeNotSupported",
                text);
        var result = sfn.startSyncExecution(request ->
                request.stateMachineArn(machine).traceHeader("Root=1").includedData(IncludedData.METADATA_ONLY));

        assertThat(result.traceHeader()).isEqualTo("Root=1");
        assertThat(result.output()).isNull();
        assertThat(result.billingDetails().billedMemoryUsedInMB()).isEqualTo(64);
        assertThat(result.billingDetails().billedDurationInMilliseconds()).isEqualTo(100);
        create(request -> request.name("standard"));
        assertRefused(
                () -> sfn.startSyncExecution(request -> request.stateMachineArn(PREFIX + "stateMachine:standard")),
                "StateMachineTypeNotSupported",
                text);
    }

    @Test
    void a_version_has_no_tags_of_its_own() {
        create(request -> {});
        String version = publish("1");

        assertRefused(
                () -> sfn.tagResource(request ->
                        request.resourceArn(version).tags(tag -> tag.key("k").value("v"))),
                "ResourceNotFound",
                "Resource not found: '" + version + "'");
        assertInvalid(
                () -> sfn.tagResource(request ->
                        request.resourceArn(MACHINE).tags(tag -> tag.key("").value("v"))),
                "Value '' at 'tags.1.member.key' failed to satisfy constraint: "
                        + "Member must have length greater than or equal to 1");
    }

    @Test
    void a_map_run_names_the_machine_of_its_executions_counts_results_and_is_not_changed_when_over() {
        String execution = engine.start("""
                {'StartAt': 'Each', 'States': {'Each': {'Type': 'Map', 'End': true, 'Label': 'each',
                 'ItemProcessor': {'ProcessorConfig': {'Mode': 'DISTRIBUTED', 'ExecutionType': 'STANDARD'},
                  'StartAt': 'A', 'States': {'A': {'Type': 'Pass', 'End': true}}}}}}
                """, "[1, 2]");
        engine.loop.runUntilIdle();

        var listed = sfn.listMapRuns(request -> request.executionArn(execution)).mapRuns();
        String run = listed.get(0).mapRunArn();
        var described = sfn.describeMapRun(request -> request.mapRunArn(run));

        assertThat(listed.get(0).stateMachineArn()).isEqualTo(PREFIX + "stateMachine:machine-1/each");
        assertThat(described.itemCounts().resultsWritten()).isEqualTo(2);
        assertThat(described.toleratedFailurePercentage()).isEqualTo(0.0f);
        assertReason(
                () -> sfn.updateMapRun(request -> request.mapRunArn(run).maxConcurrency(1)),
                ValidationExceptionReason.CANNOT_UPDATE_COMPLETED_MAP_RUN);
        assertThat(sfn.listExecutions(request -> request.mapRunArn(run).redriveFilter("NOT_REDRIVEN"))
                        .executions())
                .extracting(ExecutionListItem::mapRunArn)
                .containsOnly(run);
    }
}

package io.crois.runtime.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.amazonaws.services.dynamodbv2.local.embedded.DynamoDBEmbedded;
import com.amazonaws.services.dynamodbv2.local.shared.access.AmazonDynamoDBLocal;
import com.fasterxml.jackson.databind.node.DoubleNode;
import io.crois.contract.FeedEvent;
import io.crois.contract.ItemKey;
import io.crois.contract.Json;
import io.crois.contract.Manifest;
import io.crois.contract.OrderLocation;
import io.crois.contract.PlatformSettings;
import io.crois.contract.ResultProduct;
import io.crois.contract.Run;
import io.crois.contract.SecretUse;
import io.crois.contract.StoredArtifact;
import io.crois.contract.TaskOrder;
import io.crois.contract.TaskReport;
import io.crois.runtime.agent.transfer.Digests;
import io.crois.table.CroisTable;
import io.crois.table.Feed;
import io.crois.workflow.ArtifactKind;
import io.crois.workflow.FailureClass;
import io.crois.workflow.ValueType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.utils.BinaryUtils;

final class AgentTest {
    private static final String SECRET = "s3cr3t-välue";
    private static AmazonDynamoDBLocal server;

    @TempDir
    private Path work;

    @TempDir
    private Path other;

    private final FakeS3 s3 = new FakeS3();
    private ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    private final List<TaskOrder.Input> inputs = new ArrayList<>();
    private final List<TaskOrder.Output> outputs = new ArrayList<>();
    private final List<ResultProduct> results = new ArrayList<>();
    private final List<SecretUse> secrets = new ArrayList<>();
    private final StopSignal stop = new StopSignal();
    private long runBudget = 60;
    private ProcessLauncher launcher = ProcessLauncher.withGrace(Duration.ofMinutes(2));
    private CroisTable table;

    @BeforeAll
    static void start() {
        server = DynamoDBEmbedded.create(true);
        DynamoDbClient client = server.dynamoDbClient();
        client.createTable(request -> request.tableName("crois")
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                        AttributeDefinition.builder()
                                .attributeName("pk")
                                .attributeType("S")
                                .build(),
                        AttributeDefinition.builder()
                                .attributeName("sk")
                                .attributeType("S")
                                .build())
                .keySchema(
                        KeySchemaElement.builder()
                                .attributeName("pk")
                                .keyType("HASH")
                                .build(),
                        KeySchemaElement.builder()
                                .attributeName("sk")
                                .keyType("RANGE")
                                .build()));
    }

    @AfterAll
    static void stopServer() {
        server.shutdown();
    }

    @BeforeEach
    void createTable() {
        table = CroisTable.create(server.dynamoDbClient(), s3, PlatformSettings.defaults(), Clock.systemUTC());
    }

    @Test
    void a_command_finds_its_inputs_and_parameters_and_its_outputs_and_results_are_kept() {
        input("dataset.csv", "a,b\n1,2\n");
        output("copy.csv", ArtifactKind.FILE);
        results.add(new ResultProduct("auc", ValueType.NUMBER));

        int code = sh("""
                cat "$CROIS_INPUTS/dataset.csv" > "$CROIS_OUTPUTS/copy.csv"
                grep -q '"eta":0.5' "$CROIS_PARAMETERS" && echo '{"auc": 0.93, "more": 1}' > "$CROIS_RESULTS"
                echo done""");

        assertThat(code).isZero();
        assertThat(stdout.toString(UTF_8)).isEqualTo("done\n");
        assertThat(s3.objects.get("demo/copy.csv")).asString(UTF_8).isEqualTo("a,b\n1,2\n");
        TaskReport report = report();
        assertThat(report.failure()).isNull();
        assertThat(report.results()).containsOnlyKeys("auc");
        assertThat(report.results().get("auc").asDouble()).isEqualTo(0.93);
        assertThat(report.outputs()).extracting(StoredArtifact::partial).containsExactly(false);
        assertThat(report.bytesIn()).isEqualTo(8);
        assertThat(report.phases()).containsOnlyKeys("fetch", "run", "publish");
        assertThat(work).isEmptyDirectory();
    }

    @Test
    void a_folder_goes_there_and_back_with_every_name_and_the_executable_bit() throws IOException {
        output("model", ArtifactKind.FOLDER);
        sh("""
                mkdir -p "$CROIS_OUTPUTS/model/sub dir/ü"
                echo one > "$CROIS_OUTPUTS/model/sub dir/ü/日本.txt"
                printf '#!/bin/sh\\necho ran\\n' > "$CROIS_OUTPUTS/model/run"; chmod +x "$CROIS_OUTPUTS/model/run" """);
        StoredArtifact stored = report().outputs().get(0);
        outputs.clear();
        inputs.add(new TaskOrder.Input("model/3", stored));

        int code = sh("cat \"$CROIS_INPUTS/model/3/sub dir/ü/日本.txt\"; \"$CROIS_INPUTS/model/3/run\"");

        assertThat(stored.files()).isEqualTo(2);
        assertThat(s3.objects).containsKey(Manifest.keyOf("demo/model/"));
        assertThat(code).isZero();
        assertThat(stdout.toString(UTF_8)).isEqualTo("one\nran\n");
    }

    @Test
    void empty_files_and_folders_and_names_of_every_kind_arrive_as_they_left() {
        output("model", ArtifactKind.FOLDER);
        String make = """
                cd "$1"; mkdir -p empty/deeper; : > none; printf x > "$(printf 'line\\nbreak')"; printf x > 'a%20b+c &=?#'
                printf x > "$(printf 'e\\314\\201')"; printf x > "$(printf '\\303\\251')"; printf x > .hidden
                printf x > "$(printf 'n%.0s' $(seq 255))"; ln -s none inside
                """;
        sh("mkdir \"$CROIS_OUTPUTS/model\"; set -- \"$CROIS_OUTPUTS/model\"; " + make);
        StoredArtifact stored = report().outputs().get(0);
        outputs.clear();
        inputs.add(new TaskOrder.Input("model", stored));

        int code = sh(
                "cd \"$CROIS_OUTPUTS\"; mkdir same; set -- same; (" + make + "); diff -r same \"$CROIS_INPUTS/model\"");

        assertThat(code).as(stdout.toString(UTF_8)).isZero();
        assertThat(stored.files()).isEqualTo(8);
    }

    @Test
    void an_empty_folder_is_an_artifact() {
        output("model", ArtifactKind.FOLDER);
        sh("mkdir \"$CROIS_OUTPUTS/model\"");
        inputs.add(new TaskOrder.Input("model", report().outputs().get(0)));
        outputs.clear();

        assertThat(sh("test -d \"$CROIS_INPUTS/model\" && test -z \"$(ls -A \"$CROIS_INPUTS/model\")\""))
                .isZero();
    }

    @Test
    void a_path_that_is_too_long_for_a_key_is_refused() {
        output("model", ArtifactKind.FOLDER);

        int code = sh("d=$(printf 'd%.0s' $(seq 255)); mkdir -p \"$CROIS_OUTPUTS/model/$d/$d/$d/$d\" && echo x >"
                + " \"$CROIS_OUTPUTS/model/$d/$d/$d/$d/file\"");

        assertThat(code).isEqualTo(244);
        assertThat(failure().message())
                .startsWith("Output `model` holds a path that would be stored under a key of 10");
    }

    @Test
    void inputs_that_cannot_fit_on_the_disk_are_refused_before_the_first_byte() {
        inputs.add(new TaskOrder.Input(
                "huge", new StoredArtifact("huge", ArtifactKind.FILE, "crois", "demo/huge", 1L << 60, 1, "00", false)));

        assertThat(sh("echo never")).isEqualTo(241);
        assertThat(failure().message())
                .startsWith("The inputs have 1152921504606846976 bytes, but the disk has ")
                .endsWith(" free. Give the step more ephemeral storage.");
    }

    @Test
    void an_input_that_was_changed_is_refused() {
        input("dataset.csv", "a,b\n");
        s3.objects.put("demo/in/dataset.csv", "a;b\n".getBytes(UTF_8));

        int code = sh("echo never");

        assertThat(code).isEqualTo(241);
        assertThat(stdout.size()).isZero();
        assertThat(failure().message())
                .startsWith("Input `dataset.csv` could not be fetched from `s3://crois/demo/in/dataset.csv`: Object"
                        + " `demo/in/dataset.csv` has SHA-256 ");
    }

    @Test
    void a_missing_input_is_the_fault_of_the_platform_not_of_the_user() {
        input("dataset.csv", "a,b\n");
        s3.objects.clear();

        assertThat(sh("echo never")).isEqualTo(241);
        assertThat(failure().failureClass()).isEqualTo(FailureClass.AGENT_FAULT);
    }

    @Test
    void outputs_of_a_failed_command_are_kept_and_marked_partial() {
        output("model.bin", ArtifactKind.FILE);
        output("other.bin", ArtifactKind.FILE);

        int code = sh("echo half > \"$CROIS_OUTPUTS/model.bin\"; exit 17");

        assertThat(code).isEqualTo(17);
        assertThat(report().outputs())
                .extracting(StoredArtifact::artifact, StoredArtifact::partial)
                .containsExactly(tuple("model.bin", true));
        assertThat(failure())
                .isEqualTo(new TaskReport.Failure(FailureClass.EXIT_CODE, "The command ended with exit code 17."));
    }

    @ParameterizedTest
    @CsvSource({"kill -9 $$, 137", "kill -TERM $$, 143", "exit 3, 3", "exit 240, 240"})
    void the_exit_code_of_the_command_passes_through(String script, int expected) {
        assertThat(sh(script)).isEqualTo(expected);
        assertThat(failure().failureClass()).isEqualTo(FailureClass.EXIT_CODE);
    }

    @Test
    void a_command_that_is_missing_ends_with_127_and_one_that_cannot_be_executed_with_126() {
        assertThat(run(List.of("/no/such/command"))).isEqualTo(127);
        assertThat(run(List.of("/etc/passwd"))).isEqualTo(126);
        assertThat(stderr.toString(UTF_8))
                .isEqualTo("Command `/no/such/command` was not found in this image.\n"
                        + "Command `/etc/passwd` cannot be executed in this image.\n");
    }

    @Test
    void a_declared_output_that_is_missing_fails_the_attempt() {
        output("model.bin", ArtifactKind.FILE);

        assertThat(sh("true")).isEqualTo(244);
        assertThat(failure())
                .isEqualTo(new TaskReport.Failure(
                        FailureClass.MISSING_OUTPUT,
                        "The command ended with 0, but left no `model.bin` in the folder that `CROIS_OUTPUTS` names."));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"auc\": \"high\"}   | Declared results are not as declared in `results.json`: `auc` is no NUMBER but STRING",
                "{}                    | Declared results are not as declared in `results.json`: `auc` is missing",
                "[1]                   | `results.json` must hold one JSON object, but holds ARRAY.",
                "{\"auc\": oops}       | `results.json` is not JSON: line 1, column"
            })
    void results_that_are_not_as_declared_fail_the_attempt(String json, String message) {
        results.add(new ResultProduct("auc", ValueType.NUMBER));

        assertThat(sh("cat > \"$CROIS_RESULTS\" <<'END'\n" + json + "\nEND")).isEqualTo(244);
        assertThat(failure().message()).startsWith(message).doesNotContain("high", "oops");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ln -s /etc/passwd x     | Output `model` holds `model/x`, a link that leads out of the outputs; copy the file instead.",
                "ln -s /no/where x       | Output `model` holds `model/x`, a link that leads nowhere.",
                "mkfifo x                | Output `model` holds `model/x`, which is no regular file and cannot be stored.",
                "ln -s . loop            | Output `model` has a loop of links at `"
            })
    void files_that_are_no_plain_files_of_the_output_are_refused(String script, String message) {
        output("model", ArtifactKind.FOLDER);

        assertThat(sh("mkdir \"$CROIS_OUTPUTS/model\"; cd \"$CROIS_OUTPUTS/model\"; " + script))
                .isEqualTo(244);
        assertThat(failure().message()).startsWith(message);
        assertThat(s3.objects).doesNotContainKey(Manifest.keyOf("demo/model/"));
    }

    @Test
    void an_artifact_whose_manifest_leads_out_of_its_folder_is_refused() {
        byte[] manifest = "{\"entries\":[{\"path\":\"../../evil\",\"bytes\":1,\"sha256\":\"00\",\"executable\":false}]}"
                .getBytes(UTF_8);
        s3.objects.put(Manifest.keyOf("demo/bad/"), manifest);
        String sha256 = BinaryUtils.toHex(Digests.sha256().digest(manifest));
        inputs.add(new TaskOrder.Input(
                "bad", new StoredArtifact("bad", ArtifactKind.FOLDER, "crois", "demo/bad/", 1, 1, sha256, false)));

        assertThat(sh("true")).isEqualTo(249);
        assertThat(failure().message()).startsWith("Path `../../evil` leads out of the folder it belongs to");
    }

    @Test
    void a_command_over_its_run_budget_is_stopped_and_its_outputs_are_kept() {
        output("log.txt", ArtifactKind.FILE);
        runBudget = 1;
        Path trapped = other.resolve("trapped");
        launcher = launcher.watchedBy(process -> await(() -> Files.exists(trapped)), process -> {});

        int code = sh("trap 'echo stopped > \"$CROIS_OUTPUTS/log.txt\"; exit 0' TERM; : > '" + trapped
                + "'; while :; do sleep 0.05; done");

        assertThat(code).isEqualTo(245);
        assertThat(failure())
                .isEqualTo(new TaskReport.Failure(
                        FailureClass.TIMED_OUT, "The command did not end within its run budget of PT1S."));
        assertThat(s3.objects.get("demo/log.txt")).asString(UTF_8).isEqualTo("stopped\n");
        assertThat(report().outputs()).extracting(StoredArtifact::partial).containsExactly(true);
    }

    @Test
    void a_command_that_does_not_heed_SIGTERM_is_killed_with_its_children() {
        stdout = stopAtFirstOutput();
        launcher = ProcessLauncher.withGrace(Duration.ofMillis(500));

        int code = sh("trap '' TERM; sleep 600 & echo $!; while :; do sleep 0.05; done");

        assertThat(code).isEqualTo(137);
        long child = Long.parseLong(stdout.toString(UTF_8).strip());
        await(() -> ProcessHandle.of(child)
                .flatMap(process -> process.info().commandLine())
                .isEmpty());
    }

    @RepeatedTest(20)
    void an_attempt_that_is_stopped_before_its_command_runs_reports_that() {
        input("dataset.csv", "a,b\n");
        stop.give();

        assertThat(sh("echo never")).isEqualTo(143);
        assertThat(stdout.size()).isZero();
        assertThat(failure().message()).isEqualTo("The command was stopped from outside.");
    }

    @Test
    void a_secret_reaches_the_command_and_nothing_else() {
        secrets.add(new SecretUse("PASSWORD", null, "warehouse/password"));
        secrets.add(new SecretUse(null, "password", "warehouse/password"));
        output("probe", ArtifactKind.FILE);

        int code = sh("""
                [ "$(cat "$CROIS_SECRETS/password")" = "$PASSWORD" ] && stat -c %a "$CROIS_SECRETS/password"
                echo "it is $PASSWORD!" >&2; printf '%s' "$PASSWORD" | head -c 4; sleep 0.1; printf '%s' "$PASSWORD" | tail -c +5
                echo "$CROIS_SECRETS" > "$CROIS_OUTPUTS/probe" """);

        assertThat(code).isZero();
        assertThat(stdout.toString(UTF_8)).isEqualTo("600\n***");
        assertThat(stderr.toString(UTF_8)).isEqualTo("it is ***!\n");
        assertThat(Path.of(new String(s3.objects.get("demo/probe"), UTF_8).strip()))
                .doesNotExist();
        assertThat(Json.write(report())).doesNotContain(SECRET);
    }

    @Test
    void a_secret_that_is_not_there_is_named_without_running_the_command() {
        secrets.add(new SecretUse("PASSWORD", null, "no/such"));

        assertThat(sh("echo never")).isEqualTo(242);
        assertThat(failure().message())
                .isEqualTo("Secret `crois/demo/no/such` could not be fetched: ResourceNotFoundException.");
        assertThat(failure().failureClass()).isEqualTo(FailureClass.ACCESS_DENIED);
        assertThat(stdout.size()).isZero();
    }

    @Test
    void lines_of_the_event_file_reach_the_feed_and_malformed_ones_are_told_once() {
        Instant before = Instant.now().minusSeconds(1);

        sh("""
                echo '{"type": "progress", "done": 3, "total": 10}' >> "$CROIS_EVENTS"
                echo 'oops' >> "$CROIS_EVENTS"; echo 'oops again' >> "$CROIS_EVENTS"
                echo '{"type": "metric", "name": "loss", "value": 0.2}' >> "$CROIS_EVENTS" """);

        assertThat(Feed.since(table, "demo", before).poll(Instant.now().plusSeconds(1)))
                .filteredOn(event -> event.run().equals(run))
                .extracting(FeedEvent::type, event -> event.detail().get("type").asText())
                .containsExactlyInAnyOrder(
                        tuple(FeedEvent.Type.STEP_PROGRESS, "progress"),
                        tuple(FeedEvent.Type.STEP_PROGRESS, "message"),
                        tuple(FeedEvent.Type.STEP_PROGRESS, "metric"));
    }

    @Test
    void an_order_that_is_not_there_ends_with_its_own_code() {
        OrderLocation nowhere = new OrderLocation("crois", ItemKey.order(run, "other", 1));

        assertThat(agent().run(nowhere, stdout, stderr, stop)).isEqualTo(240);
    }

    @Test
    void every_upload_is_encrypted_with_the_key_of_the_project_and_carries_its_checksum() {
        output("model", ArtifactKind.FOLDER);

        sh("mkdir \"$CROIS_OUTPUTS/model\"; echo 1 > \"$CROIS_OUTPUTS/model/a\"");

        assertThat(s3.puts.values()).hasSize(2).allSatisfy(put -> {
            assertThat(put.ssekmsKeyId()).isEqualTo("arn:aws:kms:us-east-1:111111111111:key/demo");
            assertThat(put.serverSideEncryptionAsString()).isEqualTo("aws:kms");
            assertThat(put.checksumSHA256()).isNotBlank();
        });
    }

    private static int runs;
    private final Run run = Run.of("demo", "run-" + ++runs);

    private int sh(String script) {
        return run(List.of("sh", "-c", script));
    }

    private int run(List<String> command) {
        TaskOrder order = new TaskOrder(
                run,
                "model-building",
                "train",
                1,
                command,
                Map.of("LANG", "C.UTF-8"),
                null,
                Map.of("eta", DoubleNode.valueOf(0.5)),
                inputs,
                outputs,
                results,
                secrets,
                runBudget,
                "arn:aws:kms:us-east-1:111111111111:key/demo");
        ItemKey key = ItemKey.order(run, "train", 1);
        table.put(key, order);
        return agent().run(new OrderLocation("crois", key), stdout, stderr, stop);
    }

    private static void await(BooleanSupplier condition) {
        long last = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - last).as("waited for a minute").isNegative();
            LockSupport.parkNanos(1_000_000);
        }
    }

    private ByteArrayOutputStream stopAtFirstOutput() {
        return new ByteArrayOutputStream() {
            @Override
            public synchronized void write(byte[] bytes, int offset, int length) {
                super.write(bytes, offset, length);
                stop.give();
            }
        };
    }

    private Agent agent() {
        return Agent.create(table, s3, secretsManager(), Clock.systemUTC(), work, launcher);
    }

    private void input(String name, String content) {
        byte[] bytes = content.getBytes(UTF_8);
        s3.objects.put("demo/in/" + name, bytes);
        String sha256 = BinaryUtils.toHex(Digests.sha256().digest(bytes));
        inputs.add(new TaskOrder.Input(
                name,
                new StoredArtifact(
                        name, ArtifactKind.FILE, "crois", "demo/in/" + name, bytes.length, 1, sha256, false)));
    }

    private void output(String name, ArtifactKind kind) {
        String key = "demo/" + name + (kind == ArtifactKind.FOLDER ? "/" : "");
        outputs.add(new TaskOrder.Output(name, kind, false, "crois", key));
    }

    private TaskReport report() {
        return table.read(ItemKey.report(run, "train", 1), TaskReport.class).orElseThrow();
    }

    private TaskReport.Failure failure() {
        return Objects.requireNonNull(report().failure());
    }

    @SuppressWarnings("unchecked")
    private static SecretsManagerClient secretsManager() {
        SecretsManagerClient client = mock(SecretsManagerClient.class);
        when(client.getSecretValue(any(Consumer.class))).thenAnswer(call -> {
            GetSecretValueRequest.Builder request = GetSecretValueRequest.builder();
            call.<Consumer<GetSecretValueRequest.Builder>>getArgument(0).accept(request);
            if (request.build().secretId().equals("crois/demo/warehouse/password")) {
                return GetSecretValueResponse.builder().secretString(SECRET).build();
            }
            throw ResourceNotFoundException.builder()
                    .statusCode(400)
                    .awsErrorDetails(AwsErrorDetails.builder()
                            .errorCode("ResourceNotFoundException")
                            .build())
                    .build();
        });
        return client;
    }
}

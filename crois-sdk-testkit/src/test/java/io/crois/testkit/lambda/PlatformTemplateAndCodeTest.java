package io.crois.testkit.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.crois.contract.Json;
import io.crois.contract.PlatformSettings;
import io.crois.contract.ProbeRequest;
import io.crois.platform.HealthProbe;
import io.crois.platform.PlatformCode;
import io.crois.platform.PlatformTemplate;
import io.crois.runtime.lambda.ProbeFunction;
import io.crois.table.CroisTable;
import io.crois.testkit.CroisTestkit;
import io.crois.testkit.aws.InMemoryAws;
import io.crois.workflow.Backend;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;

/** Holds the platform's template to the code that it deploys, and its event patterns to events as AWS sends them. */
final class PlatformTemplateAndCodeTest {
    private static final String PACKAGE = "io.crois.runtime.lambda.";
    private static final Pattern VARIABLE = Pattern.compile("CROIS_[A-Z_]+");
    private static final JsonNode RESOURCES = Json.parse(
                    PlatformTemplate.of(new PlatformCode("code", "functions.jar", "agent.tar.gz", "0".repeat(64)))
                            .toJson())
            .path("Resources");

    /** What stands in the place of references, as in an account of its own. */
    private static final Map<String, String> VALUES = Map.of(
            "Cluster.Arn", "arn:aws:ecs:eu-west-1:111122223333:cluster/crois",
            "OnDemandQueue", "arn:aws:batch:eu-west-1:111122223333:job-queue/crois-on-demand",
            "SpotQueue", "arn:aws:batch:eu-west-1:111122223333:job-queue/crois-spot",
            "Prefix", "crois",
            "AWS::Partition", "aws",
            "AWS::Region", "eu-west-1",
            "AWS::AccountId", "111122223333");

    @Test
    void every_handler_of_the_code_is_deployed_and_no_other() {
        JavaClasses classes = new ClassFileImporter().importPackages("io.crois.runtime.lambda");
        List<String> handlers = classes.stream()
                .filter(type -> type.isAssignableTo(RequestStreamHandler.class) && !type.isInterface())
                .map(type -> type.getFullName() + "::handleRequest")
                .toList();

        assertThat(functions().values())
                .extracting(function -> function.path("Handler").textValue())
                .containsExactlyInAnyOrderElementsOf(handlers);
    }

    @Test
    void every_handler_can_be_made_by_Lambda() throws Exception {
        for (JsonNode function : functions().values()) {
            Class<?> handler = Class.forName(className(function));

            assertThat(RequestStreamHandler.class).isAssignableFrom(handler);
            assertThat(Modifier.isPublic(handler.getModifiers())).isTrue();
            assertThat(Modifier.isPublic(handler.getConstructor().getModifiers()))
                    .isTrue();
        }
    }

    @Test
    void every_function_gets_the_variables_that_its_code_names() throws IOException {
        for (JsonNode function : functions().values()) {
            TreeSet<String> given = new TreeSet<>();
            function.at("/Environment/Variables").fieldNames().forEachRemaining(given::add);

            assertThat(given)
                    .as(className(function))
                    .containsAll(named(className(function)))
                    .containsAll(named("io.crois.contract.PlatformSettings"));
        }
        assertThat(named(PACKAGE + "ReconcileFunction")).containsExactly("CROIS_DEAD_EVENTS");
    }

    @Test
    void the_probe_is_asked_as_its_function_reads_and_its_alarms_watch_what_it_publishes() {
        String input = RESOURCES
                .at("/ProbeSchedule/Properties/Target/Input/Fn::Sub")
                .asText()
                .replace("${Prefix}", "crois")
                .replace("${ProbeProject}", "operations")
                .replace("<aws.scheduler.scheduled-time>", "2026-01-31T12:00:00Z");
        assertThat(Json.read(Json.parse(input), ProbeRequest.class))
                .isEqualTo(new ProbeRequest("crois", "operations", Instant.parse("2026-01-31T12:00:00Z")));

        for (Backend backend : List.of(Backend.FARGATE, Backend.BATCH)) {
            String id = backend == Backend.FARGATE ? "ProbeFargateAlarm" : "ProbeBatchAlarm";
            JsonNode alarm = RESOURCES.path(id).path("Properties");
            JsonNode line = published(backend);
            JsonNode directive = line.at("/_aws/CloudWatchMetrics/0");

            assertThat(RESOURCES.path(id).path("Condition").asText()).isEqualTo("HasProbe");
            assertThat(alarm.path("Namespace")).isEqualTo(directive.path("Namespace"));
            assertThat(directive.path("Metrics").findValuesAsText("Name"))
                    .contains(alarm.path("MetricName").asText());
            assertThat(alarm.path("Dimensions").findValuesAsText("Name"))
                    .isEqualTo(List.of("Platform", "Backend"))
                    .hasSameSizeAs(directive.at("/Dimensions/0"));
            assertThat(alarm.at("/Dimensions/1/Value").asText())
                    .isEqualTo(line.path("Backend").asText());
            assertThat(alarm.path("TreatMissingData").asText()).isEqualTo("breaching");
        }
    }

    /** Returns what the function prints of a back end. */
    private static JsonNode published(Backend backend) {
        CroisTestkit testkit = CroisTestkit.create();
        HealthProbe.of("demo/busybox:1").workflows().forEach(testkit.crois()::deploy);
        List<JsonNode> lines = new ArrayList<>();
        ProbeFunction function = new ProbeFunction(
                CroisTable.create(
                        testkit.aws().dynamoDb(),
                        testkit.aws().s3(),
                        PlatformSettings.defaults(),
                        testkit.loop().clock()),
                testkit.aws().sfn(),
                testkit.loop().clock(),
                line -> lines.add(Json.parse(line)));
        function.handle(new ProbeRequest("crois", "test", testkit.loop().now()));
        testkit.loop().advance(Duration.ofMinutes(15));
        function.handle(new ProbeRequest("crois", "test", testkit.loop().now()));
        return lines.stream()
                .filter(line -> line.path("Backend").asText().equals(backend.name()))
                .findFirst()
                .orElseThrow();
    }

    /** Events as AWS documents and records them, as the rule's own, or of somebody else. */
    static Stream<Arguments> events() {
        return Stream.of(
                Arguments.of("TaskEvents", true, task("arn:aws:ecs:eu-west-1:111122223333:cluster/crois")),
                Arguments.of("TaskEvents", false, task("arn:aws:ecs:eu-west-1:111122223333:cluster/crois-other")),
                Arguments.of("TaskEvents", false, job("arn:aws:batch:eu-west-1:111122223333:job-queue/crois-spot")),
                Arguments.of("JobEvents", true, job("arn:aws:batch:eu-west-1:111122223333:job-queue/crois-spot")),
                Arguments.of("JobEvents", true, job("arn:aws:batch:eu-west-1:111122223333:job-queue/crois-on-demand")),
                Arguments.of("JobEvents", false, job("arn:aws:batch:eu-west-1:111122223333:job-queue/other")),
                Arguments.of("ExecutionEvents", true, execution("crois-demo-building")),
                Arguments.of("ExecutionEvents", false, execution("croissant")),
                Arguments.of("ExecutionEvents", false, execution("other")));
    }

    @ParameterizedTest
    @MethodSource("events")
    void a_rule_takes_the_events_that_it_is_for(String rule, boolean taken, String event) {
        EventBridgeClient events = InMemoryAws.create().eventBridge();
        String pattern =
                resolved(RESOURCES.path(rule).at("/Properties/EventPattern")).toString();

        assertThat(events.testEventPattern(test -> test.eventPattern(pattern).event(event))
                        .result())
                .isEqualTo(taken);
    }

    private static String task(String cluster) {
        return """
                {"version":"0","id":"3317b2af-7005-947d-b652-f55e762e571a","detail-type":"ECS Task State Change",
                 "source":"aws.ecs","account":"111122223333","time":"2026-01-31T12:00:05Z","region":"eu-west-1",
                 "resources":["arn:aws:ecs:eu-west-1:111122223333:task/crois/c13b4cb4"],
                 "detail":{"clusterArn":"%s","containers":[{"name":"main","lastStatus":"RUNNING"}],
                 "desiredStatus":"RUNNING","lastStatus":"RUNNING","startedBy":"AWS Step Functions","version":3,
                 "taskArn":"arn:aws:ecs:eu-west-1:111122223333:task/crois/c13b4cb4"}}""".formatted(cluster);
    }

    private static String job(String queue) {
        return """
                {"version":"0","id":"c8f9c4b5-76e5-d76a-f980-7011e206042b","detail-type":"Batch Job State Change",
                 "source":"aws.batch","account":"111122223333","time":"2026-01-31T12:00:05Z","region":"eu-west-1",
                 "resources":["arn:aws:batch:eu-west-1:111122223333:job/4c7599ae"],
                 "detail":{"jobArn":"arn:aws:batch:eu-west-1:111122223333:job/4c7599ae","jobName":"train",
                 "jobId":"4c7599ae","jobQueue":"%s","status":"RUNNABLE","attempts":[],"container":{"environment":[]}}}""".formatted(queue);
    }

    private static String execution(String machine) {
        String arn = "arn:aws:states:eu-west-1:111122223333:";
        return """
                {"version":"0","id":"315c1398-40ff-a850-213b-158f73e60175",
                 "detail-type":"Step Functions Execution Status Change","source":"aws.states","account":"111122223333",
                 "time":"2026-01-31T12:00:05Z","region":"eu-west-1","resources":["%sexecution:%s:run-1"],
                 "detail":{"executionArn":"%sexecution:%s:run-1","stateMachineArn":"%sstateMachine:%s","name":"run-1",
                 "status":"SUCCEEDED","startDate":1769860800000,"stopDate":1769860805000,"input":"{}","output":"{}"}}""".formatted(arn, machine, arn, machine, arn, machine);
    }

    private static Map<String, JsonNode> functions() {
        Map<String, JsonNode> functions = new TreeMap<>();
        RESOURCES.fields().forEachRemaining(resource -> {
            if (resource.getValue().path("Type").asText().equals("AWS::Lambda::Function")) {
                functions.put(resource.getKey(), resource.getValue().path("Properties"));
            }
        });
        return functions;
    }

    private static String className(JsonNode function) {
        String handler = function.path("Handler").textValue();
        return handler.substring(0, handler.indexOf("::"));
    }

    /** Returns the variables whose names are constants of a class. */
    private static List<String> named(String type) throws IOException {
        String file = "/" + type.replace('.', '/') + ".class";
        try (InputStream in = PlatformTemplateAndCodeTest.class.getResourceAsStream(file)) {
            assertThat(in).isNotNull();
            return VARIABLE.matcher(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1))
                    .results()
                    .map(MatchResult::group)
                    .distinct()
                    .toList();
        }
    }

    /** Returns a part of the template with what its references stand for. */
    private static JsonNode resolved(JsonNode node) {
        if (node.has("Ref")) {
            return value(node.path("Ref").asText());
        }
        if (node.has("Fn::GetAtt")) {
            return value(node.at("/Fn::GetAtt/0").asText() + "."
                    + node.at("/Fn::GetAtt/1").asText());
        }
        if (node.has("Fn::Sub")) {
            String text = Pattern.compile("\\$\\{([^}]+)}")
                    .matcher(node.path("Fn::Sub").asText())
                    .replaceAll(match -> value(match.group(1)).textValue());
            return TextNode.valueOf(text);
        }
        if (node.isObject()) {
            ObjectNode object = Json.mapper().createObjectNode();
            node.fields().forEachRemaining(field -> object.set(field.getKey(), resolved(field.getValue())));
            return object;
        }
        if (node.isArray()) {
            ArrayNode list = Json.mapper().createArrayNode();
            node.forEach(element -> list.add(resolved(element)));
            return list;
        }
        return node;
    }

    private static JsonNode value(String reference) {
        assertThat(VALUES).containsKey(reference);
        return TextNode.valueOf(VALUES.get(reference));
    }
}

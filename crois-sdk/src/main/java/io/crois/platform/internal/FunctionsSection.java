package io.crois.platform.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The functions, each with its role and its log; those that steps wait for behind the alias {@code live}. */
public final class FunctionsSection {
    /** The alias that state machines and event rules call: a version that was started and snapshotted before. */
    public static final String ALIAS = "live";

    private static final String RUNTIME = "java21";

    private FunctionsSection() {}

    /**
     * Adds the functions.
     *
     * @param version the beginning of the code's digest: a new one makes new versions
     */
    public static void addTo(Template template, String version) {
        for (PlatformFunction function : PlatformFunction.all()) {
            template.resource(function.logGroup(), "AWS::Logs::LogGroup", log(function));
            template.resource(function.role(), "AWS::IAM::Role", role(function));
            template.resource(function.id() + "Function", "AWS::Lambda::Function", function(function));
            if (function.published()) {
                publish(template, function, version);
            }
        }
    }

    private static void publish(Template template, PlatformFunction function, String version) {
        template.keptResource(
                function.id() + "Version" + version,
                "AWS::Lambda::Version",
                Cfn.object("FunctionName", Cfn.ref(function.id() + "Function")));
        template.resource(
                function.id() + "Alias",
                "AWS::Lambda::Alias",
                Cfn.object(
                        "Name", ALIAS,
                        "FunctionName", Cfn.ref(function.id() + "Function"),
                        "FunctionVersion", Cfn.attribute(function.id() + "Version" + version, "Version")));
    }

    /** Returns the ARN under which a function is called: that of its alias, which must be there before. */
    static Map<String, Object> callable(String function) {
        return Cfn.sub("${" + function + "Function.Arn}:" + ALIAS);
    }

    /** Returns the roles of the functions: logical id to statements. */
    public static Map<String, Object> statements() {
        Map<String, Object> roles = Cfn.object();
        PlatformFunction.all().forEach(function -> roles.put(function.role(), Statement.policy(statements(function))));
        return roles;
    }

    private static Map<String, Object> log(PlatformFunction function) {
        return Cfn.object(
                "LogGroupName",
                Cfn.sub("/aws/lambda/" + function.name()),
                "RetentionInDays",
                Cfn.ref("LogRetentionDays"));
    }

    private static Map<String, Object> role(PlatformFunction function) {
        return Cfn.object(
                "RoleName",
                Cfn.sub(function.name() + "-function"),
                "Path",
                "/crois/",
                "AssumeRolePolicyDocument",
                Statement.policy(List.of(Statement.allow("Lambda", "sts:AssumeRole")
                        .principal(Cfn.object("Service", "lambda.amazonaws.com"))
                        .when("StringEquals", "aws:SourceAccount", Cfn.ref("AWS::AccountId")))),
                "Policies",
                List.of(Cfn.object("PolicyName", "work", "PolicyDocument", Statement.policy(statements(function)))),
                "Tags",
                Cfn.tags("function"));
    }

    private static List<Statement> statements(PlatformFunction function) {
        List<Statement> statements = new ArrayList<>(function.statements());
        statements.add(Statement.allow("Log", "logs:CreateLogStream", "logs:PutLogEvents")
                .on(Cfn.arn(function.logGroup())));
        if (function.id().equals("Status")) {
            statements.add(Statement.allow("DeadEvents", "sqs:SendMessage").on(Cfn.arn("DeadEvents")));
        }
        return statements;
    }

    private static Map<String, Object> function(PlatformFunction function) {
        Map<String, Object> properties = Cfn.object(
                "FunctionName", Cfn.sub(function.name()),
                "Runtime", RUNTIME,
                "Architectures", List.of("x86_64"),
                "Handler", function.qualifiedHandler(),
                "Code", Cfn.object("S3Bucket", Cfn.ref("CodeBucket"), "S3Key", Cfn.ref("FunctionsKey")),
                "Role", Cfn.arn(function.role()),
                "Timeout", function.seconds(),
                "MemorySize", function.memory(),
                "LoggingConfig", Cfn.object("LogGroup", Cfn.ref(function.logGroup())),
                "Environment", Cfn.object("Variables", environment(function)),
                "Tags", Cfn.tags("function"));
        if (function.published()) {
            properties.put("SnapStart", Cfn.object("ApplyOn", "PublishedVersions"));
        }
        if (function.id().equals("Status")) {
            properties.put("DeadLetterConfig", Cfn.object("TargetArn", Cfn.arn("DeadEvents")));
        }
        return properties;
    }

    /** What {@code PlatformSettings.fromEnvironment} reads, and a JVM that stops compiling early to start fast. */
    private static Map<String, Object> environment(PlatformFunction function) {
        Map<String, Object> variables = Cfn.object(
                "CROIS_TABLE", Cfn.ref("Table"),
                "CROIS_BUCKET", Cfn.ref("Bucket"),
                "CROIS_CLUSTER", Cfn.ref("Cluster"),
                "CROIS_SUBNETS", Cfn.ref("Subnets"),
                "CROIS_SECURITY_GROUPS", Cfn.ref("SecurityGroups"),
                "CROIS_QUEUE_ON_DEMAND", Cfn.ref("OnDemandQueue"),
                "CROIS_QUEUE_SPOT", Cfn.ref("SpotQueue"),
                "JAVA_TOOL_OPTIONS", "-XX:+TieredCompilation -XX:TieredStopAtLevel=1");
        if (function.id().equals("Reconcile")) {
            variables.put("CROIS_DEAD_EVENTS", Cfn.ref("DeadEvents"));
        }
        return variables;
    }
}

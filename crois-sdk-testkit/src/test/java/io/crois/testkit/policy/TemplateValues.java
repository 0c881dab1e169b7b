package io.crois.testkit.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts values for what a template leaves to CloudFormation: parameters, names and ARNs of its resources. */
final class TemplateValues {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String ID = IsolationAccount.ID;
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]+)}");
    /** Where the name of a resource stands, the service of its ARN, and what comes before the name there. */
    private static final Map<String, String[]> NAMED = Map.of(
            "AWS::DynamoDB::Table", new String[] {"TableName", "dynamodb", "table/"},
            "AWS::ECS::Cluster", new String[] {"ClusterName", "ecs", "cluster/"},
            "AWS::Batch::JobQueue", new String[] {"JobQueueName", "batch", "job-queue/"},
            "AWS::SQS::Queue", new String[] {"QueueName", "sqs", ""},
            "AWS::Lambda::Function", new String[] {"FunctionName", "lambda", "function:"},
            "AWS::Events::Rule", new String[] {"Name", "events", "rule/"},
            "AWS::Logs::LogGroup", new String[] {"LogGroupName", "logs", "log-group:"});

    private final JsonNode template;
    private final Map<String, String> values = new HashMap<>();

    TemplateValues(JsonNode template) {
        this.template = template;
        values.put("AWS::Partition", "aws");
        values.put("AWS::Region", "us-east-1");
        values.put("AWS::AccountId", ID);
        values.put("CodeBucket", "code");
        values.put("AgentBundleKey", "agent.tar.gz");
        values.put("FunctionsKey", "functions.jar");
        values.put("ProbeProject", "red");
        values.put("Bucket", "crois");
        values.put("Bucket.Arn", "arn:aws:s3:::crois");
        template.path("Parameters")
                .properties()
                .forEach(parameter -> values.putIfAbsent(
                        parameter.getKey(), parameter.getValue().path("Default").asText()));
        template.path("Resources").properties().forEach(resource -> name(resource.getKey(), resource.getValue()));
    }

    private void name(String id, JsonNode resource) {
        String type = resource.path("Type").asText();
        JsonNode properties = resource.path("Properties");
        if (type.equals("AWS::IAM::Role")) {
            values.put(id, resolved(properties.path("RoleName")).asText());
            values.put(id + ".Arn", roleArn(resolved(properties)));
        }
        String[] named = NAMED.get(type);
        if (named != null) {
            String name = resolved(properties.path(named[0])).asText();
            String arn = arn(named[1], named[2] + name) + (named[1].equals("logs") ? ":*" : "");
            values.put(id + ".Arn", arn);
            values.put(id, ref(named[1], name, arn));
        }
    }

    private static String ref(String service, String name, String arn) {
        return switch (service) {
            case "batch" -> arn;
            case "sqs" -> "https://sqs.us-east-1.amazonaws.com/" + ID + "/" + name;
            default -> name;
        };
    }

    static String arn(String service, String resource) {
        return "arn:aws:" + service + ":us-east-1:" + ID + ":" + resource;
    }

    static String roleArn(JsonNode role) {
        return "arn:aws:iam::" + ID + ":role" + role.path("Path").asText()
                + role.path("RoleName").asText();
    }

    /** Returns the resources; functions of CloudFormation other than references stay as they are. */
    JsonNode resources() {
        return resolved(template.path("Resources"));
    }

    private JsonNode resolved(JsonNode json) {
        if (json.isArray()) {
            ArrayNode list = MAPPER.createArrayNode();
            json.forEach(entry -> list.add(resolved(entry)));
            return list;
        }
        if (!json.isObject()) {
            return json;
        }
        if (json.size() == 1 && (json.has("Ref") || json.has("Fn::GetAtt") || json.has("Fn::Sub"))) {
            return TextNode.valueOf(text(json));
        }
        ObjectNode object = MAPPER.createObjectNode();
        json.properties().forEach(entry -> object.set(entry.getKey(), resolved(entry.getValue())));
        return object;
    }

    private String text(JsonNode function) {
        if (function.has("Fn::Sub")) {
            Matcher variable = VARIABLE.matcher(function.path("Fn::Sub").asText());
            return variable.replaceAll(found -> Matcher.quoteReplacement(
                    found.group(1).startsWith("!") ? "${" + found.group(1).substring(1) + "}" : value(found.group(1))));
        }
        JsonNode attribute = function.path("Fn::GetAtt");
        return value(
                function.has("Ref")
                        ? function.path("Ref").asText()
                        : attribute.get(0).asText() + "." + attribute.get(1).asText());
    }

    private String value(String name) {
        return values.getOrDefault(name, "unknown:" + name);
    }
}

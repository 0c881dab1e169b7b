package io.crois.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.contract.Json;
import io.crois.execution.Blueprint;
import io.crois.project.ProjectBlueprint;
import io.crois.project.ProjectDefinition;
import io.crois.project.ProjectPlatform;
import io.crois.workflow.CroisException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A project and its workflows as a CloudFormation template: roles, key, rights of applications, container definitions,
 * state machines with version and alias, schedules and triggers, equal to what {@code Provisioner.apply} and
 * {@code Crois.deploy} make. Immutable.
 *
 * <pre>{@code
 * ProjectTemplate template = ProjectTemplate.of(platform, demo).with(crois.blueprint(training));
 * template.writeTo(Path.of("cdk.out"));
 * }</pre>
 *
 * <p>The template is one for CloudFormation ({@code CAPABILITY_NAMED_IAM}), for the CDK's {@code CfnInclude}, and with
 * the manifest beside it a cloud assembly for {@code cdk deploy --app cdk.out}. A role bears the ARN of the key whose
 * policy names the role, so that the stack is deployed twice: first as it is, then with its output {@code KeyArn} as
 * the parameter {@code KeyArn}. Items of the table are not of CloudFormation: {@code Crois.deploy} writes them
 * afterwards and finds everything else there.
 */
public final class ProjectTemplate {
    private static final int MOST_BYTES = 1024 * 1024;
    private static final ObjectMapper WRITER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final ProjectPlatform platform;
    private final ProjectBlueprint project;
    private final List<Blueprint> workflows;

    private ProjectTemplate(ProjectPlatform platform, ProjectBlueprint project, List<Blueprint> workflows) {
        this.platform = platform;
        this.project = project;
        this.workflows = List.copyOf(workflows);
    }

    /** Returns the template of a project without workflows. */
    public static ProjectTemplate of(ProjectPlatform platform, ProjectDefinition project) {
        return new ProjectTemplate(platform, ProjectBlueprint.of(platform, project), List.of());
    }

    /** Returns the template with one more workflow, as {@code Crois.blueprint} gives it. */
    public ProjectTemplate with(Blueprint workflow) {
        List<Blueprint> longer = new ArrayList<>(workflows);
        longer.add(workflow);
        return new ProjectTemplate(platform, project, longer);
    }

    /**
     * Returns the template, indented, with its members in a stable order; it holds no secret.
     *
     * @throws CroisException if it is larger than the 1 MiB that CloudFormation takes from S3
     */
    public String toJson() {
        Stack stack = new Stack(project.project());
        ProjectSection.addTo(stack, project);
        workflows.forEach(workflow -> WorkflowSection.addTo(stack, workflow));
        String text = write(stack.toTree());
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MOST_BYTES) {
            throw new CroisException("The template of project `" + project.project() + "` has " + bytes
                    + " bytes, but CloudFormation takes 1048576. Export its workflows in templates of their own.");
        }
        return text;
    }

    /**
     * Returns the values of the template's parameters that have no default: the tokens of schedules and triggers, which
     * are secret. Give them to CloudFormation; it does not show them.
     */
    public Map<String, String> parameters() {
        Map<String, String> values = new LinkedHashMap<>();
        workflows.forEach(workflow ->
                workflow.tokens().forEach((name, token) -> values.put(WorkflowSection.tokenParameter(name), token)));
        return values;
    }

    /** Returns the name of the stack: {@code crois-<project>}, hyphens for what CloudFormation does not take. */
    public String stackName() {
        return "crois-" + project.project().replace('_', '-');
    }

    /**
     * Writes a cloud assembly: {@code manifest.json} and {@code <stack>.template.json}. Other files stay.
     *
     * @param folder is made where there is none
     */
    public void writeTo(Path folder) {
        String template = stackName() + ".template.json";
        ObjectNode manifest = Json.mapper().createObjectNode().put("version", "36.0.0");
        ObjectNode stack = manifest.putObject("artifacts").putObject(stackName());
        stack.put("type", "aws:cloudformation:stack");
        stack.put("environment", "aws://" + platform.account() + "/" + platform.region());
        stack.putObject("properties").put("templateFile", template).put("stackName", stackName());
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(template), toJson());
            Files.writeString(folder.resolve("manifest.json"), write(manifest));
        } catch (IOException e) {
            throw new UncheckedIOException("The cloud assembly cannot be written to " + folder + ".", e);
        }
    }

    private static String write(ObjectNode tree) {
        try {
            return WRITER.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "The template could not be written. This is a bug in Crois, please report it.", e);
        }
    }

    @Override
    public String toString() {
        return "ProjectTemplate[" + project.project() + ", " + workflows.size() + " workflows]";
    }
}

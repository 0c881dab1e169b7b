package io.crois.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.crois.platform.internal.AlarmsSection;
import io.crois.platform.internal.BatchSection;
import io.crois.platform.internal.ClusterSection;
import io.crois.platform.internal.EventsSection;
import io.crois.platform.internal.FunctionsSection;
import io.crois.platform.internal.OutputsSection;
import io.crois.platform.internal.ParametersSection;
import io.crois.platform.internal.ProbeSection;
import io.crois.platform.internal.ReconcileSection;
import io.crois.platform.internal.StartSection;
import io.crois.platform.internal.StorageSection;
import io.crois.platform.internal.Template;
import java.util.Map;

/**
 * The CloudFormation template of everything an account and Region need once. Immutable; the same code gives the same
 * text.
 *
 * <p>It takes its names from the parameter {@code Prefix} (default {@code crois}), the network from {@code Subnets} and
 * {@code SecurityGroups}, and the code from {@code CodeBucket}, {@code FunctionsKey} and {@code AgentBundleKey}. The
 * table and the bucket outlive the stack. It creates named IAM roles, so deploying needs {@code CAPABILITY_NAMED_IAM}.
 */
public final class PlatformTemplate {
    private static final int VERSION_DIGITS = 12;
    private static final ObjectMapper WRITER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Map<String, Object> tree;

    private PlatformTemplate(Map<String, Object> tree) {
        this.tree = tree;
    }

    /** Returns the template for a version of the platform's code. */
    public static PlatformTemplate of(PlatformCode code) {
        Template template = new Template();
        ParametersSection.addTo(template);
        StorageSection.addTo(template);
        ClusterSection.addTo(template);
        BatchSection.addTo(template);
        FunctionsSection.addTo(template, code.functionsDigest().substring(0, VERSION_DIGITS));
        EventsSection.addTo(template);
        ReconcileSection.addTo(template);
        StartSection.addTo(template);
        ProbeSection.addTo(template);
        AlarmsSection.addTo(template);
        OutputsSection.addTo(template);
        return new PlatformTemplate(template.toTree());
    }

    /** Returns the template as JSON, indented, its members in a stable order. */
    public String toJson() {
        try {
            return WRITER.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "The template could not be written. This is a bug in Crois, please report it.", e);
        }
    }

    @Override
    public String toString() {
        return toJson();
    }
}

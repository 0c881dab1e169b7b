package io.crois.platform;

import io.crois.compile.PlatformNames;
import io.crois.contract.Json;
import io.crois.contract.PlatformSettings;
import io.crois.execution.Pacing;
import io.crois.workflow.CroisException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Brings the platform to an account and Region, keeps it up to date, and takes it away.
 *
 * <p>Each method may be killed anywhere and called again: code is stored by digest, and a stack that is busy is waited
 * for. Thread-safe.
 *
 * <pre>{@code
 * PlatformProvisioner provisioner = PlatformProvisioner.create(CloudFormationClient.create(), S3Client.create());
 * provisioner.plan(release, parameters).forEach(System.out::println);
 * Platform platform = provisioner.apply(release, parameters);
 * }</pre>
 */
public final class PlatformProvisioner {
    private final CloudFormationClient cloudFormation;
    private final S3Client s3;
    private final Pacing pacing;

    private PlatformProvisioner(CloudFormationClient cloudFormation, S3Client s3, Pacing pacing) {
        this.cloudFormation = cloudFormation;
        this.s3 = s3;
        this.pacing = pacing;
    }

    /** Returns a provisioner that waits in real time. */
    public static PlatformProvisioner create(CloudFormationClient cloudFormation, S3Client s3) {
        return create(cloudFormation, s3, Pacing.realTime());
    }

    /** Returns a provisioner that waits as it is told. */
    public static PlatformProvisioner create(CloudFormationClient cloudFormation, S3Client s3, Pacing pacing) {
        return new PlatformProvisioner(cloudFormation, s3, pacing);
    }

    /**
     * Returns what {@link #apply} would change, in the template's order; empty when everything is as it should be.
     * Sends no code and changes no resource; CloudFormation makes the comparison in a change set, which is gone
     * afterwards.
     *
     * @throws CroisException if the files of the release cannot be read, or CloudFormation refuses the template
     */
    public List<PlatformChange> plan(PlatformRelease release, PlatformParameters parameters) {
        PlatformCode code = new CodeStore(s3, parameters.codeBucket()).locate(release);
        return stack(parameters.prefix()).plan(changeSet(code, parameters));
    }

    /**
     * Deploys a release, or does nothing when it is deployed. Takes some minutes the first time.
     *
     * @throws CroisException if the files of the release cannot be read, or the stack does not get there; the message
     *     tells the first reason that CloudFormation gives
     */
    public Platform apply(PlatformRelease release, PlatformParameters parameters) {
        PlatformCode code = new CodeStore(s3, parameters.codeBucket()).store(release);
        PlatformStack stack = stack(parameters.prefix());
        stack.apply(changeSet(code, parameters));
        return platform(parameters.prefix());
    }

    /**
     * Returns what differs between the platform and a release, in words; empty when nothing does. Reads only.
     *
     * @throws CroisException if the files of the release cannot be read
     */
    public List<String> verify(PlatformRelease release, PlatformParameters parameters) {
        PlatformCode code = new CodeStore(s3, parameters.codeBucket()).locate(release);
        return stack(parameters.prefix()).differences(changeSet(code, parameters));
    }

    /**
     * Returns the platform of that prefix.
     *
     * @throws CroisException if there is none, or its stack is not complete
     */
    public Platform platform(String prefix) {
        Map<String, String> outputs = new TreeMap<>();
        Stack present = stack(prefix)
                .find()
                .orElseThrow(() -> new CroisException("There is no platform `" + prefix
                        + "` in this account and Region. Make it with PlatformProvisioner.apply."));
        present.outputs().forEach(output -> outputs.put(output.outputKey(), output.outputValue()));
        return new Platform(
                new PlatformSettings(
                        output(outputs, "Table"),
                        output(outputs, "Bucket"),
                        output(outputs, "Cluster"),
                        List.of(output(outputs, "Subnets").split(",", -1)),
                        List.of(output(outputs, "SecurityGroups").split(",", -1)),
                        output(outputs, "OnDemandQueue"),
                        output(outputs, "SpotQueue")),
                new PlatformNames(output(outputs, "Prepare"), output(outputs, "Store"), output(outputs, "Route")),
                output(outputs, "ExecutionRole"));
    }

    /**
     * Takes the platform away, all but what holds data: the table and the bucket stay, and so does the code.
     *
     * @param confirmation the prefix once more, so that nobody deletes the wrong one
     * @throws CroisException if the confirmation is not the prefix, or the stack cannot be deleted; nothing is changed
     *     in the first case
     */
    public void delete(String prefix, String confirmation) {
        if (!prefix.equals(confirmation)) {
            throw new CroisException("Platform `" + prefix + "` is not deleted, since the confirmation is `"
                    + confirmation + "`. Give the prefix twice.");
        }
        stack(prefix).delete();
    }

    private PlatformStack stack(String prefix) {
        return new PlatformStack(cloudFormation, pacing, prefix);
    }

    private static PlatformStack.Wanted changeSet(PlatformCode code, PlatformParameters parameters) {
        String template = Json.write(Json.parse(PlatformTemplate.of(code).toJson()));
        return new PlatformStack.Wanted(template, parameters.values(code));
    }

    private static String output(Map<String, String> outputs, String name) {
        String value = outputs.get(name);
        if (value == null) {
            throw new CroisException("The platform's stack has no output `" + name
                    + "`. Deploy it again with PlatformProvisioner.apply.");
        }
        return value;
    }
}

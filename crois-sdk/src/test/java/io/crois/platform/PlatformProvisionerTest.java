package io.crois.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crois.workflow.CroisException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.s3.S3Client;

/** The provisioner against the CloudFormation of moto, which makes the resources of the template for real. */
final class PlatformProvisionerTest {
    @TempDir
    private static Path folder;

    private static MotoServer moto;
    private static CloudFormationClient cloudFormation;
    private static S3Client s3;
    private static PlatformProvisioner provisioner;
    private static List<String> subnets;
    private static List<String> securityGroups;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        moto = MotoServer.start();
        cloudFormation = moto.client(CloudFormationClient.builder());
        s3 = moto.client(S3Client.builder().forcePathStyle(true));
        subnets = moto.ids("DescribeSubnets", "subnetId").subList(0, 2);
        securityGroups = moto.ids("DescribeSecurityGroups", "groupId").subList(0, 1);
        provisioner = PlatformProvisioner.create(cloudFormation, s3, new InstantPacing());
    }

    @AfterAll
    static void stop() throws Exception {
        if (moto != null) {
            moto.close();
        }
    }

    @Test
    void a_release_is_deployed_and_its_platform_can_be_used() throws IOException {
        PlatformRelease release = release("one");

        Platform platform = provisioner.apply(release, parameters("one"));

        assertThat(platform.settings().table()).isEqualTo("one");
        assertThat(platform.settings().bucket()).isEqualTo("one-123456789012-us-east-1");
        assertThat(platform.settings().subnets()).isEqualTo(subnets);
        assertThat(platform.functions().prepare()).endsWith(":one-prepare:live");
        assertThat(provisioner.platform("one")).isEqualTo(platform);
        assertThat(provisioner.verify(release, parameters("one"))).isEmpty();
    }

    @Test
    void deploying_the_same_release_again_changes_nothing() throws IOException {
        PlatformRelease release = release("two");
        Platform first = provisioner.apply(release, parameters("two"));
        int events = events("two");

        Platform second = provisioner.apply(release, parameters("two"));

        assertThat(second).isEqualTo(first);
        assertThat(events("two")).isEqualTo(events);
    }

    @Test
    void a_plan_names_what_would_be_made_and_makes_nothing() throws IOException {
        List<PlatformChange> changes = provisioner.plan(release("three"), parameters("three"));

        assertThat(changes)
                .contains(
                        new PlatformChange("Add", "Table", "AWS::DynamoDB::Table", false),
                        new PlatformChange("Add", "StatusFunction", "AWS::Lambda::Function", false));
        assertThatThrownBy(() -> provisioner.platform("three"))
                .isInstanceOf(CroisException.class)
                .hasMessageContaining("There is no platform `three`");
    }

    @Test
    void another_parameter_is_told_as_a_difference() throws IOException {
        PlatformRelease release = release("four");
        provisioner.apply(release, parameters("four"));
        PlatformParameters other =
                new PlatformParameters("four", "code-four", subnets, securityGroups, Map.of("MaxSpotVcpus", "8"));

        assertThat(provisioner.verify(release, other))
                .containsExactly("Parameter `MaxSpotVcpus` is `4096`, but should be `8`.");
    }

    @Test
    void a_platform_is_deleted_only_when_its_name_is_given_twice() throws IOException {
        assertThatThrownBy(() -> provisioner.delete("five", "fife"))
                .hasMessage("Platform `five` is not deleted, since the confirmation is `fife`. Give the prefix twice.");
        provisioner.delete("five", "five"); // there is none: nothing to do
    }

    @Test
    void all_that_is_wrong_with_parameters_is_told_at_once() {
        assertThatThrownBy(() -> PlatformParameters.of("Crois", "My_Code", List.of(), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("prefix", "`Crois`", "`My_Code`", "no subnets", "no security groups");
    }

    private static int events(String stack) {
        return cloudFormation
                .describeStackEvents(request -> request.stackName(stack))
                .stackEvents()
                .size();
    }

    private static PlatformParameters parameters(String prefix) {
        return PlatformParameters.of(prefix, "code-" + prefix, subnets, securityGroups);
    }

    private static PlatformRelease release(String content) throws IOException {
        return new PlatformRelease(
                Files.writeString(folder.resolve(content + ".jar"), content),
                Files.writeString(folder.resolve(content + ".tar.gz"), content));
    }
}

package io.crois.testkit.project;

import java.util.List;
import java.util.function.BiPredicate;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * In what moto 5 differs from AWS as far as provisioning sees it, and why; each is looked for, so that none outlives.
 */
enum MotoDifference {
    BUCKET_POLICY(
            "moto/iam/access_control.py, IAMPolicyStatement.is_action_permitted: a statement whose condition is not met"
                    + " denies, also one that denies only calls without TLS",
            (world, key) -> fails(() -> world.clients
                    .s3()
                    .putObject(request -> request.bucket("crois").key("_control/x"), RequestBody.fromString("x")))),
    RENEWAL_UNDER_WAY(
            "moto/kms/models.py, rotate_key_on_demand: adds a rotation at once, and GetKeyRotationStatus never tells of"
                    + " one that is under way",
            (world, key) -> {
                world.clients.kms().rotateKeyOnDemand(request -> request.keyId(key));
                return world.clients
                                .kms()
                                .getKeyRotationStatus(request -> request.keyId(key))
                                .onDemandRotationStartDate()
                        == null;
            }),
    RENEWAL_PERIOD("moto/kms/models.py, enable_key_rotation: keeps no period", (world, key) -> {
        world.clients.kms().enableKeyRotation(request -> request.keyId(key).rotationPeriodInDays(90));
        Integer days = world.clients
                .kms()
                .getKeyRotationStatus(request -> request.keyId(key))
                .rotationPeriodInDays();
        return days == null || days != 90;
    }),
    KEY_BY_ARN(
            "moto/kms/models.py, schedule_key_deletion: looks a key up by its id alone, though an ARN is taken as well",
            (world, key) -> fails(() -> world.clients
                    .kms()
                    .scheduleKeyDeletion(request -> request.keyId(world.clients
                                    .kms()
                                    .describeKey(describe -> describe.keyId(key))
                                    .keyMetadata()
                                    .arn())
                            .pendingWindowInDays(7)))),
    SCHEDULE_GROUP(
            "moto/scheduler/models.py, delete_schedule_group: a group that is gone is a failure of the server, not a"
                    + " ResourceNotFoundException",
            (world, key) ->
                    fails(() -> world.clients.scheduler().deleteScheduleGroup(request -> request.name("gone")), 500)),
    SIMULATION(
            "moto/iam/responses.py: there is no SimulatePrincipalPolicy, so that Provisioner.verify is tried in memory"
                    + " alone",
            (world, key) -> fails(() -> world.clients
                    .iam()
                    .simulatePrincipalPolicy(
                            request -> request.policySourceArn(world.crafto()).actionNames(List.of("s3:GetObject")))));

    private final String reason;
    private final BiPredicate<World, String> difference;

    MotoDifference(String reason, BiPredicate<World, String> difference) {
        this.reason = reason;
        this.difference = difference;
    }

    String reason() {
        return reason;
    }

    /** Looks whether it is there, in an account with a project whose key has an id. */
    boolean isThere(World world, String key) {
        return difference.test(world, key);
    }

    private static boolean fails(Runnable call) {
        return fails(call, 0);
    }

    private static boolean fails(Runnable call, int status) {
        try {
            call.run();
            return false;
        } catch (SdkServiceException e) {
            return status == 0 || e.statusCode() == status;
        }
    }
}

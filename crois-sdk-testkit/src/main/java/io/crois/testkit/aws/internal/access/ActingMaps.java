package io.crois.testkit.aws.internal.access;

import io.crois.testkit.aws.internal.integration.S3ObjectStore;
import io.crois.testkit.engine.MapRights;
import io.crois.testkit.engine.ObjectStore;
import io.crois.testkit.policy.Principal;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.S3Client;

/** Lets Step Functions do for distributed Maps what the role of the machine may do. */
public final class ActingMaps implements MapRights {

    private final Permissions permissions;
    private final S3Client s3;

    /** Decides by permissions; objects are those of a client that may do everything. */
    public ActingMaps(Permissions permissions, S3Client s3) {
        this.permissions = permissions;
        this.s3 = s3;
    }

    @Override
    public ObjectStore objects(String roleArn, String executionArn) {
        Identity role = role(roleArn, executionArn);
        return new S3ObjectStore(EnforcedClient.of(S3Client.class, s3, "s3", permissions, () -> Optional.of(role)));
    }

    @Override
    public Optional<String> denial(String roleArn, String executionArn, String action, String resource) {
        try {
            permissions.require("states", role(roleArn, executionArn), Access.of(action, resource));
            return Optional.empty();
        } catch (AwsServiceException denied) {
            return Optional.of(denied.awsErrorDetails().errorMessage());
        }
    }

    private static Identity role(String roleArn, String executionArn) {
        return Identity.of(Principal.session(roleArn, executionArn.substring(executionArn.lastIndexOf(':') + 1)));
    }
}

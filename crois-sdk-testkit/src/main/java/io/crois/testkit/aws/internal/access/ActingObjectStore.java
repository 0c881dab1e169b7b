package io.crois.testkit.aws.internal.access;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.testkit.engine.ObjectStore;
import io.crois.testkit.policy.Principal;
import java.util.List;

/** Lets a distributed Map read and write its objects with the role of its machine. */
public final class ActingObjectStore implements ObjectStore {
    private final ObjectStore objects;
    private final Permissions permissions;

    /** Wraps objects whose client asks {@link Permissions#current} who calls. */
    public ActingObjectStore(ObjectStore objects, Permissions permissions) {
        this.objects = objects;
        this.permissions = permissions;
    }

    @Override
    public ObjectStore as(String roleArn, String executionArn) {
        String session = executionArn.substring(executionArn.lastIndexOf(':') + 1);
        return new Session(Identity.of(Principal.session(roleArn, session)));
    }

    @Override
    public byte[] read(String bucket, String key) {
        return objects.read(bucket, key);
    }

    @Override
    public List<JsonNode> list(String bucket, String prefix) {
        return objects.list(bucket, prefix);
    }

    @Override
    public void write(String bucket, String key, byte[] content) {
        objects.write(bucket, key, content);
    }

    /** The objects as one execution reaches them. */
    private final class Session implements ObjectStore {
        private final Identity role;

        Session(Identity role) {
            this.role = role;
        }

        @Override
        public byte[] read(String bucket, String key) {
            return permissions.acting(role, () -> objects.read(bucket, key));
        }

        @Override
        public List<JsonNode> list(String bucket, String prefix) {
            return permissions.acting(role, () -> objects.list(bucket, prefix));
        }

        @Override
        public void write(String bucket, String key, byte[] content) {
            permissions.acting(role, () -> {
                objects.write(bucket, key, content);
                return role;
            });
        }
    }
}

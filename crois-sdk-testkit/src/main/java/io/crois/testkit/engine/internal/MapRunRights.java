package io.crois.testkit.engine.internal;

import io.crois.testkit.engine.MapRights;
import io.crois.testkit.engine.ObjectStore;
import io.crois.testkit.engine.internal.expression.StatesError;

/** What the role of a machine lets Step Functions do for one of its map runs. */
final class MapRunRights {
    private final MapRights rights;
    private final String role;
    private final String execution;

    MapRunRights(Execution owner) {
        this.rights = owner.surroundings().mapRights();
        this.role = owner.identity().roleArn();
        this.execution = owner.identity().arn();
    }

    /** Fails the Map if the role may not do something. */
    void require(String action, String resource) {
        rights.denial(role, execution, action, resource).ifPresent(why -> {
            throw StatesError.of(StatesError.RUNTIME, why);
        });
    }

    boolean allows(String action, String resource) {
        return rights.denial(role, execution, action, resource).isEmpty();
    }

    /** Returns the objects as the role sees them. */
    ObjectStore objects() {
        return rights.objects(role, execution);
    }
}

package io.crois.testkit.engine;

import java.util.Optional;

/**
 * What Step Functions may do for a distributed Map: it acts with the role of the machine, and needs that role's rights.
 */
public interface MapRights {

    /** Returns the objects as a role sees them, of which items are read and to which results are written. */
    ObjectStore objects(String roleArn, String executionArn);

    /**
     * Says why a role may not do something with the executions of a Map.
     *
     * @param executionArn the execution that waits for the Map
     * @param action such as {@code states:StartExecution}
     * @param resource an ARN
     * @return empty if it may
     */
    Optional<String> denial(String roleArn, String executionArn, String action, String resource);

    /** Returns the rights of machines whose roles may do everything. */
    static MapRights everything(ObjectStore objects) {
        return new MapRights() {
            @Override
            public ObjectStore objects(String roleArn, String executionArn) {
                return objects;
            }

            @Override
            public Optional<String> denial(String roleArn, String executionArn, String action, String resource) {
                return Optional.empty();
            }
        };
    }
}

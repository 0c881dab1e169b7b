package io.crois.execution;

/** The ARNs of Step Functions that follow from one another. */
final class MachineArns {
    private static final int MACHINE_PARTS = 7;

    private MachineArns() {}

    /** Returns the ARN of the state machine of a version, {@code arn:…:stateMachine:name:3}. */
    static String machine(String version) {
        String[] parts = version.split(":");
        return parts.length == MACHINE_PARTS ? version : version.substring(0, version.lastIndexOf(':'));
    }

    /** Returns the ARN that an execution of a version has or will have. */
    static String execution(String version, String name) {
        return machine(version).replace(":stateMachine:", ":execution:") + ":" + name;
    }
}

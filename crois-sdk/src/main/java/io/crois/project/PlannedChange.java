package io.crois.project;

/**
 * One change of something in AWS.
 *
 * @param action what happens to it
 * @param resource the kind of thing in the terms of CloudFormation, such as {@code AWS::IAM::Role}
 * @param name what it is called
 * @param detail what of it changes; never a secret
 */
public record PlannedChange(Action action, String resource, String name, String detail) {

    /** What happens. */
    public enum Action {
        /** It is made. */
        CREATE,
        /** Somebody else made it; it becomes the project's. */
        ADOPT,
        /** It is there and becomes what it shall be. */
        UPDATE,
        /** It is removed, or marked to be removed after its waiting time. */
        DELETE
    }

    private char sign() {
        return switch (action) {
            case CREATE -> '+';
            case ADOPT -> '>';
            case UPDATE -> '~';
            case DELETE -> '-';
        };
    }

    /** Returns one line for a person. */
    @Override
    public String toString() {
        return sign() + " " + resource + " " + name + ": " + detail;
    }
}

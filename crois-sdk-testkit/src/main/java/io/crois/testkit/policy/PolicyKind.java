package io.crois.testkit.policy;

/** Where a policy stands in an evaluation, in the words of AWS's messages. */
public enum PolicyKind {
    /** Inline and managed policies of a user or a role. */
    IDENTITY("identity-based policy"),
    /** The policy of a bucket, a key, a secret, a queue, a topic or a function, or the trust policy of a role. */
    RESOURCE("resource-based policy"),
    /** The most that identity-based policies can give. */
    BOUNDARY("permissions boundary"),
    /** A policy that was passed when the session began. */
    SESSION("session policy"),
    /** The most that an organization leaves to an account. */
    SERVICE_CONTROL("service control policy");

    private final String phrase;

    PolicyKind(String phrase) {
        this.phrase = phrase;
    }

    /** Returns its name in messages, such as {@code identity-based policy}. */
    public String phrase() {
        return phrase;
    }
}

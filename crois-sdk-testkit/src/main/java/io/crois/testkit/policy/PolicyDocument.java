package io.crois.testkit.policy;

import io.crois.testkit.policy.internal.PolicyReader;
import java.util.List;

/**
 * A policy that has been read.
 *
 * @param name how explanations name it
 * @param json the document as it was read
 * @param variables whether the version of its language, {@code 2012-10-17}, knows variables
 * @param statements in their order
 */
public record PolicyDocument(String name, String json, boolean variables, List<Statement> statements) {

    /** Copies the statements. */
    public PolicyDocument {
        statements = List.copyOf(statements);
    }

    /**
     * Reads a policy.
     *
     * @param name how explanations are to name it
     * @param json the document
     * @throws IllegalArgumentException that names every problem: no JSON, unknown or contradicting elements, unknown
     *     operators of conditions
     */
    public static PolicyDocument parse(String name, String json) {
        return PolicyReader.read(name, json);
    }

    /**
     * Returns the same policy without one statement, so that a test can show what the statement is good for.
     *
     * @param index of the statement, from 0
     * @throws IndexOutOfBoundsException if there is no such statement
     */
    public PolicyDocument without(int index) {
        return PolicyReader.without(this, index);
    }
}

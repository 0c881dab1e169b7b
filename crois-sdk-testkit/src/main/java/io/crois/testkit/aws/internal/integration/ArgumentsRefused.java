package io.crois.testkit.aws.internal.integration;

import java.util.List;

/** The arguments of a task do not fit the request they are for. */
final class ArgumentsRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ArgumentsRefused(List<String> problems) {
        super(String.join(", ", problems));
    }
}

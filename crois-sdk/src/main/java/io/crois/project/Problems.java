package io.crois.project;

import io.crois.workflow.CroisException;
import java.util.List;

/** Reports everything that is wrong at once. */
final class Problems {
    private Problems() {}

    static void refuse(String subject, List<String> problems) {
        if (!problems.isEmpty()) {
            throw new CroisException(subject + " has " + problems.size()
                    + (problems.size() == 1 ? " problem." : " problems.") + "\n  " + String.join("\n  ", problems));
        }
    }
}

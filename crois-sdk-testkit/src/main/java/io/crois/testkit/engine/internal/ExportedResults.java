package io.crois.testkit.engine.internal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** What the attempts of a map run have written of executions that succeeded. Used on the event loop only. */
final class ExportedResults {

    private final Set<Execution> executions = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<ObjectNode> files = new ArrayList<>();

    boolean has(Execution execution) {
        return executions.contains(execution);
    }

    boolean hasFiles() {
        return !files.isEmpty();
    }

    void add(List<Execution> written, ObjectNode file) {
        executions.addAll(written);
        files.add(file);
    }

    /** Returns the files as the manifest names them. */
    ArrayNode files() {
        return JsonNodeFactory.instance.arrayNode().addAll(files);
    }
}

package io.crois.testkit.engine.internal;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All executions and map runs of an engine, by their ARNs and in the order of their beginning. */
public final class Directory {

    private final Map<String, Execution> executions = new LinkedHashMap<>();
    private final Map<String, MapRun> mapRuns = new LinkedHashMap<>();

    /** Adds an execution. */
    public void add(Execution execution) {
        executions.put(execution.identity().arn(), execution);
    }

    void add(MapRun run) {
        mapRuns.put(run.arn(), run);
    }

    /** Returns an execution, {@code null} when there is none of this ARN. */
    public @Nullable Execution execution(String arn) {
        return executions.get(arn);
    }

    /** Returns a map run, {@code null} when there is none of this ARN. */
    public @Nullable MapRun mapRun(String arn) {
        return mapRuns.get(arn);
    }

    /** Returns all executions, the oldest first. */
    public Collection<Execution> executions() {
        return Collections.unmodifiableCollection(executions.values());
    }

    /** Returns all map runs, the oldest first. */
    public Collection<MapRun> mapRuns() {
        return Collections.unmodifiableCollection(mapRuns.values());
    }
}

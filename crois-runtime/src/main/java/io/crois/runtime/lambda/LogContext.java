package io.crois.runtime.lambda;

import io.crois.contract.Run;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** What every line that is logged meanwhile is about: project, execution, step and attempt. Ends when it is closed. */
final class LogContext implements AutoCloseable {
    private static final String PROJECT = "project";
    private static final String EXECUTION = "execution";
    private static final String STEP = "step";
    private static final String ATTEMPT = "attempt";

    private LogContext() {}

    /** Opens the context of an execution. */
    static LogContext of(String project, String execution) {
        MDC.put(PROJECT, project);
        MDC.put(EXECUTION, execution);
        return new LogContext();
    }

    /** Opens the context of an attempt of a step; {@code step} and {@code attempt} may be missing. */
    static LogContext of(Run run, @Nullable String step, @Nullable Integer attempt) {
        LogContext context = of(run.project(), run.execution());
        if (step != null) {
            MDC.put(STEP, run.scope() + step);
        }
        if (attempt != null) {
            MDC.put(ATTEMPT, attempt.toString());
        }
        return context;
    }

    @Override
    public void close() {
        MDC.remove(PROJECT);
        MDC.remove(EXECUTION);
        MDC.remove(STEP);
        MDC.remove(ATTEMPT);
    }
}

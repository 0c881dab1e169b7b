package io.crois.samples.crafto.step;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/** What the agent offers a step: directories, files and variables. */
final class StepContext {
    static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, String> environment;
    private final Options options;

    private StepContext(Map<String, String> environment, Options options) {
        this.environment = environment;
        this.options = options;
    }

    static StepContext of(Map<String, String> environment, Options options) {
        return new StepContext(environment, options);
    }

    Options options() {
        return options;
    }

    Path input(String artifact) {
        return Path.of(variable("CROIS_INPUTS")).resolve(artifact);
    }

    Path output(String artifact) {
        return Path.of(variable("CROIS_OUTPUTS")).resolve(artifact);
    }

    /** Writes {@code CROIS_RESULTS}: an object with one value a result. Replaces what was there. */
    void report(Map<String, ?> results) throws IOException {
        JSON.writeValue(Path.of(variable("CROIS_RESULTS")).toFile(), results);
    }

    void progress(int done, int total, String message) throws IOException {
        event(Map.<String, Object>of("type", "progress", "done", done, "total", total, "message", message));
    }

    void metric(String name, double value) throws IOException {
        event(Map.<String, Object>of("type", "metric", "name", name, "value", value));
    }

    void message(String message) throws IOException {
        event(Map.<String, Object>of("type", "message", "message", message));
    }

    String variable(String name) {
        String value = environment.get(name);
        if (value == null || value.isEmpty()) {
            throw new Refusal("Environment: `" + name + "` is not set. The agent sets it; start the step through it.");
        }
        return value;
    }

    private void event(Map<String, ?> event) throws IOException {
        Files.writeString(
                Path.of(variable("CROIS_EVENTS")),
                JSON.writeValueAsString(event) + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }
}

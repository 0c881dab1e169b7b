package io.crois.samples.crafto;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.contract.StepStatus;
import io.crois.execution.ArtifactContent;
import io.crois.execution.Execution;
import io.crois.execution.ExecutionEvent;
import io.crois.execution.ExecutionFailure;
import io.crois.execution.ExecutionListener;
import io.crois.execution.Subscription;
import io.crois.render.Timeline;
import io.crois.workflow.Artifact;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** An execution as Crafto shows it. */
final class LocalBuild implements Build {
    private final Execution execution;

    LocalBuild(Execution execution) {
        this.execution = execution;
    }

    @Override
    public String id() {
        return execution.name();
    }

    @Override
    public String status() {
        return execution.status().name();
    }

    @Override
    public Instant submittedAt() {
        return execution.submittedAt();
    }

    @Override
    public Optional<Instant> endedAt() {
        return execution.endedAt();
    }

    @Override
    public Map<String, JsonNode> arguments() {
        return execution.arguments();
    }

    @Override
    public Timeline timeline() {
        return Timeline.of(execution);
    }

    @Override
    public void await(Progress progress) throws InterruptedException {
        try (Subscription subscription = execution.listen(new Shown(progress))) {
            execution.await();
        }
    }

    /** What the failed step said of itself is clearer than how its process ended. */
    @Override
    public Optional<String> failure() {
        Optional<ExecutionFailure> failure = execution.failure();
        if (failure.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> lastWords = lastWords();
        return execution.steps().stream()
                .filter(step -> step.status() == StepStatus.FAILED && lastWords.containsKey(step.step()))
                .findFirst()
                .map(step -> "Step `" + step.step() + "`: " + lastWords.get(step.step()))
                .or(() -> failure.map(ExecutionFailure::toString));
    }

    private Map<String, String> lastWords() {
        Map<String, String> words = new ConcurrentHashMap<>();
        ExecutionListener listener = new ExecutionListener() {
            @Override
            public void onStepProgress(ExecutionEvent.StepProgress event) {
                if (event.line().path("type").asText().equals("message")) {
                    event.message().ifPresent(message -> words.put(event.step().path(), message));
                }
            }
        };
        execution.listen(listener).close();
        return words;
    }

    @Override
    public boolean copy(Artifact artifact, Path file) throws IOException {
        Optional<ArtifactContent> content = execution.findArtifact(artifact);
        if (content.isEmpty()) {
            return false;
        }
        content.get().copyTo(file);
        return true;
    }

    /** Shows typed events as they come. */
    private static final class Shown implements ExecutionListener {
        private final Progress progress;

        private Shown(Progress progress) {
            this.progress = progress;
        }

        @Override
        public void onStepStarted(ExecutionEvent.StepStarted event) {
            progress.started(event.step().path(), event.step().attempt());
        }

        @Override
        public void onStepProgress(ExecutionEvent.StepProgress event) {
            event.message().ifPresent(message -> progress.told(event.step().path(), message));
        }

        @Override
        public void onStepRetrying(ExecutionEvent.StepRetrying event) {
            progress.retrying(event.step().path(), event.step().attempt());
        }

        @Override
        public void onStepSucceeded(ExecutionEvent.StepSucceeded event) {
            progress.ended(event.step().path(), true);
        }

        @Override
        public void onStepFailed(ExecutionEvent.StepFailed event) {
            progress.ended(event.step().path(), false);
        }
    }
}

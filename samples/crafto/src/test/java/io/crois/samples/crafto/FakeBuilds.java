package io.crois.samples.crafto;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.render.StepState;
import io.crois.render.Timeline;
import io.crois.render.TimelineEntry;
import io.crois.workflow.Arguments;
import io.crois.workflow.Artifact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Builds that end at once, with files that a test has put there. */
final class FakeBuilds implements Builds {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    final Map<String, String> files = new HashMap<>();
    final List<Build> builds = new ArrayList<>();
    Optional<String> failure = Optional.empty();

    Map<String, JsonNode> started() {
        return builds.get(0).arguments();
    }

    @Override
    public Build start(Arguments arguments) {
        Build build = new FakeBuild("run-" + (builds.size() + 1), arguments.check(ModelBuilding.workflow()));
        builds.add(0, build);
        return build;
    }

    @Override
    public Optional<Build> find(String id) {
        return builds.stream().filter(build -> build.id().equals(id)).findFirst();
    }

    @Override
    public List<Build> all() {
        return List.copyOf(builds);
    }

    @Override
    public void close() {}

    private final class FakeBuild implements Build {
        private final String id;
        private final Map<String, JsonNode> arguments;

        FakeBuild(String id, Map<String, JsonNode> arguments) {
            this.id = id;
            this.arguments = arguments;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public String status() {
            return failure.isEmpty() ? "SUCCEEDED" : "FAILED";
        }

        @Override
        public Instant submittedAt() {
            return START;
        }

        @Override
        public Optional<Instant> endedAt() {
            return Optional.of(START.plusSeconds(3));
        }

        @Override
        public Map<String, JsonNode> arguments() {
            return arguments;
        }

        @Override
        public Timeline timeline() {
            return Timeline.of(List.of(
                    new TimelineEntry("download", 1, START, START.plusSeconds(1), StepState.SUCCEEDED),
                    new TimelineEntry(
                            "tune[0]/train", 1, START.plusSeconds(1), START.plusSeconds(3), StepState.SUCCEEDED)));
        }

        @Override
        public void await(Progress progress) {
            progress.started("download", 1);
            progress.told("download", "2310 rows");
            progress.retrying("download", 1);
            progress.started("download", 2);
            progress.ended("download", true);
        }

        @Override
        public Optional<String> failure() {
            return failure;
        }

        @Override
        public boolean copy(Artifact artifact, Path file) throws IOException {
            if (!files.containsKey(artifact.name())) {
                return false;
            }
            Files.writeString(file, files.get(artifact.name()));
            return true;
        }
    }
}

package io.crois.samples.crafto;

import io.crois.render.Timeline;
import io.crois.render.TimelineEntry;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Tells about one build. */
@Command(
        name = "show",
        description = "Tells what a build did and writes its report.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ShowCommand implements Callable<Integer> {
    private final Builds.Opener opener;
    private final PrintStream out;

    @Mixin
    private StoreOption store = new StoreOption();

    @Parameters(paramLabel = "<execution>", description = "Name of the build, as `list` tells it")
    private String execution = "";

    ShowCommand(Builds.Opener opener, PrintStream out) {
        this.opener = opener;
        this.out = out;
    }

    @Override
    public Integer call() throws IOException {
        try (Builds builds = opener.open(store.folder())) {
            Build build = builds.get(execution);
            out.println(build.id() + " " + build.status());
            build.failure().ifPresent(out::println);
            Timeline timeline = build.timeline();
            List<List<String>> rows = timeline.entries().stream()
                    .map(entry -> row(entry, timeline))
                    .toList();
            out.print("\n" + new TextTable(List.of("step", "attempt", "state", "seconds"), rows).format());
            BuildFiles files = BuildFiles.of(store.folder(), build);
            files.collect();
            files.evaluation().ifPresent(evaluation -> out.print(files.summary(evaluation)));
            out.println("Report: " + files.writeReport());
            return 0;
        }
    }

    private static List<String> row(TimelineEntry entry, Timeline timeline) {
        Duration length = entry.length(timeline.now());
        return List.of(
                entry.step(),
                Integer.toString(entry.attempt()),
                entry.state().label(),
                String.format(Locale.ROOT, "%.1f", length.toMillis() / 1000.0));
    }
}

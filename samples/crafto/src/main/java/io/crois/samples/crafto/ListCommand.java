package io.crois.samples.crafto;

import java.io.PrintStream;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the builds of a store. */
@Command(
        name = "list",
        description = "Lists all builds, the latest first.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ListCommand implements Callable<Integer> {
    private final Builds.Opener opener;
    private final PrintStream out;

    @Mixin
    private StoreOption store = new StoreOption();

    ListCommand(Builds.Opener opener, PrintStream out) {
        this.opener = opener;
        this.out = out;
    }

    @Override
    public Integer call() {
        try (Builds builds = opener.open(store.folder())) {
            List<List<String>> rows =
                    builds.all().stream().map(ListCommand::row).toList();
            out.print(new TextTable(List.of("execution", "status", "submitted", "source", "reason"), rows).format());
            return 0;
        }
    }

    private static List<String> row(Build build) {
        return List.of(
                build.id(),
                build.status(),
                build.submittedAt().truncatedTo(ChronoUnit.SECONDS).toString(),
                build.argument(ModelBuilding.SOURCE).asText(),
                build.failure().orElse(""));
    }
}

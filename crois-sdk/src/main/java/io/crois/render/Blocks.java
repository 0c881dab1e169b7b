package io.crois.render;

import io.crois.workflow.Body;
import io.crois.workflow.Choose;
import io.crois.workflow.Element;
import io.crois.workflow.Fail;
import io.crois.workflow.ForEach;
import io.crois.workflow.Parallel;
import io.crois.workflow.RawState;
import io.crois.workflow.Step;
import io.crois.workflow.SubWorkflow;
import io.crois.workflow.Wait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns the elements of a workflow into blocks. */
final class Blocks {
    private final Timeline timeline;

    Blocks(Timeline timeline) {
        this.timeline = timeline;
    }

    Block of(Body body) {
        Block sequence =
                new SequenceBlock(body.elements().stream().map(this::of).toList());
        if (body.onFailure() == null && body.lastly() == null) {
            return sequence;
        }
        return new GuardedBlock(sequence, orNull(body.onFailure()), orNull(body.lastly()));
    }

    private @Nullable Block orNull(@Nullable Body body) {
        return body == null ? null : of(body);
    }

    private Block of(Element element) {
        if (element instanceof Step step) {
            return of(step);
        }
        if (element instanceof Parallel parallel) {
            return of(parallel);
        }
        if (element instanceof ForEach forEach) {
            return new LoopBlock(title(forEach), of(forEach.body()));
        }
        if (element instanceof SubWorkflow sub) {
            return new LoopBlock("workflow " + sub.name(), of(sub.workflow().body()));
        }
        if (element instanceof RawState raw) {
            return NodeBlock.pause(title(raw));
        }
        if (element instanceof Choose choose) {
            return of(choose);
        }
        if (element instanceof Wait wait) {
            return NodeBlock.pause("wait " + Labels.time(wait.duration()));
        }
        return NodeBlock.end("fail", ((Fail) element).error());
    }

    static String title(ForEach forEach) {
        String limit = forEach.concurrency() == 0 ? "" : ", " + forEach.concurrency() + " at once";
        return "for each of " + forEach.name() + limit;
    }

    static String title(RawState raw) {
        return raw.name() + " (" + raw.state().path("Type").asText() + ")";
    }

    private Block of(Step step) {
        StepState state = timeline.state(step.name());
        List<TimelineEntry> entries = timeline.of(step.name());
        if (entries.isEmpty()) {
            return NodeBlock.step(state, step.name(), "");
        }
        return NodeBlock.step(state, state.symbol() + " " + step.name(), detail(entries));
    }

    private String detail(List<TimelineEntry> entries) {
        Duration sum =
                entries.stream().map(entry -> entry.length(timeline.now())).reduce(Duration.ZERO, Duration::plus);
        long places = entries.stream().map(TimelineEntry::step).distinct().count();
        String runs = places > 1 ? places + " runs, " : "";
        String attempts = entries.size() > places ? entries.size() + " attempts, " : "";
        return runs + attempts + Labels.time(sum) + (places > 1 ? " in all" : "");
    }

    private Block of(Parallel parallel) {
        List<ColumnsBlock.Column> columns = parallel.branches().stream()
                .map(branch -> new ColumnsBlock.Column(branch.name(), of(branch.body())))
                .toList();
        return new ColumnsBlock(parallel.name(), false, columns);
    }

    private Block of(Choose choose) {
        List<ColumnsBlock.Column> columns = new ArrayList<>();
        choose.cases().forEach(way -> columns.add(new ColumnsBlock.Column(Labels.of(way.condition()), of(way.body()))));
        Block otherwise = choose.otherwise() == null ? new SequenceBlock(List.of()) : of(choose.otherwise());
        columns.add(new ColumnsBlock.Column("otherwise", otherwise));
        return new ColumnsBlock(choose.name(), true, columns);
    }
}

package io.crois.testkit.engine.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.asl.StateMachine;
import io.crois.testkit.engine.ObjectStore;
import io.crois.testkit.engine.internal.expression.StatesError;
import io.crois.testkit.engine.internal.history.MapDetails;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;
import software.amazon.awssdk.services.sfn.model.MapRunStatus;

/** The executions of a distributed Map: a number of them at the same time. Used on the event loop only. */
public final class MapRun implements Redrivable {

    /** By this day, the exit of a distributed Map followed the run's start; in summer 2024 still its success. */
    private static final LocalDate EXIT_FOLLOWS_START = LocalDate.of(2024, 9, 1);

    private final Frame owner;
    private final DistributedMapPlan plan;
    private MapTolerance tolerance;
    private final String label;
    private final String id;
    private final Instant startDate;
    private final Map<Integer, Execution> live = new LinkedHashMap<>();
    private final MapRunRights rights;
    private final MapRunCounts ended = new MapRunCounts();
    private int concurrency;
    private MapItems items;
    private @Nullable List<ObjectNode> batches;
    private Execution[] children = {};
    private final Deque<Integer> again = new ArrayDeque<>();
    private final ExportedResults exported = new ExportedResults();
    private int begun;
    private int started;
    private boolean hasStarted;
    private boolean areResultsWritten;
    private int redriveCount;
    private @Nullable Instant redriveDate;
    private MapRunStatus status = MapRunStatus.RUNNING;
    private @Nullable Instant stopDate;

    MapRun(Frame owner, DistributedMapPlan plan, int concurrency, MapTolerance tolerance) {
        this.owner = owner;
        this.plan = plan;
        this.concurrency = concurrency;
        this.tolerance = tolerance;
        this.label = plan.label(owner.execution());
        this.id = Ids.uuid(owner.execution().random());
        this.startDate = owner.execution().now();
        this.rights = new MapRunRights(owner.execution());
        this.items = new MapItems(owner.execution().surroundings());
        owner.execution().surroundings().directory().add(this);
    }

    void start(@Nullable ItemBatches batching, MapItems read) {
        hasStarted = true;
        started = owner.last();
        items = read;
        if (batching != null) {
            batches = batching.of(plan.fields().inputs(owner, items));
        }
        children = new Execution[batches == null ? items.size() : batches.size()];
        startNext();
    }

    private void startNext() {
        try {
            beginNext();
        } catch (StatesError error) {
            giveUp(error);
        }
    }

    private void beginNext() {
        while ((begun < children.length || !again.isEmpty()) && live.size() < concurrency) {
            Integer redriven = again.peek();
            if (redriven == null) {
                begin(begun++);
            } else {
                beginAgain(redriven);
                again.remove();
            }
        }
        if (live.isEmpty() && begun == children.length) {
            finish();
        }
    }

    private void begin(int index) {
        Execution child = child(index);
        rights.require("states:StartExecution", owner.execution().identity().stateMachineArn());
        if (!plan.isExpress()) {
            rights.require("states:DescribeExecution", child.identity().arn());
        }
        owner.execution().surroundings().directory().add(child);
        children[index] = child;
        live.put(index, child);
        child.whenEnded(end -> ended(index, end));
        child.start();
    }

    /** Express executions cannot be redriven: another one takes their place. */
    private void beginAgain(int index) {
        Execution child = children[index];
        if (child == null || plan.isExpress()) {
            begin(index);
            return;
        }
        rights.require("states:RedriveExecution", child.identity().arn());
        live.put(index, child);
        child.redrive();
        child.whenEnded(end -> ended(index, end));
    }

    @Override
    public boolean redrive(int previous) {
        if (!hasStarted) {
            return false;
        }
        status = MapRunStatus.RUNNING;
        stopDate = null;
        areResultsWritten = false;
        redriveCount++;
        redriveDate = owner.execution().now();
        ended.clear();
        for (int i = 0; i < begun; i++) {
            if (children[i] != null && children[i].status() == ExecutionStatus.SUCCEEDED) {
                count(i);
            } else {
                again.add(i);
            }
        }
        owner.follow(started);
        owner.record(HistoryEventType.MAP_RUN_REDRIVEN, new MapDetails.RunRedriven(arn(), redriveCount));
        startNext();
        return true;
    }

    private void count(int index) {
        ended.add(children[index].status(), itemsOf(index));
    }

    private Execution child(int index) {
        Execution parent = owner.execution();
        ExecutionIdentity identity = parent.identity();
        Surroundings surroundings = parent.surroundings();
        JsonNode input = input(index);
        parent.requireSize(input, owner.state().name());
        String name = Ids.uuid(parent.random());
        String kind = plan.isExpress() ? "express" : "execution";
        String machine = identity.stateMachineName() + "/" + label;
        String arn = surroundings.arn(kind + ":" + machine + ":" + name);
        ExecutionIdentity child = new ExecutionIdentity(
                plan.isExpress() ? arn + ":" + Ids.uuid(parent.random()) : arn,
                name,
                identity.stateMachineArn() + "/" + label,
                machine,
                identity.roleArn(),
                input,
                null,
                parent.now(),
                null,
                null,
                arn());
        return new Execution(child, plan.processor(), surroundings);
    }

    private JsonNode input(int index) {
        return batches == null ? plan.fields().itemInput(owner, items.get(index)) : batches.get(index);
    }

    private void ended(int index, Execution child) {
        live.remove(index);
        count(index);
        owner.execution().resume(() -> goOn(child));
    }

    private void goOn(Execution child) {
        if (status != MapRunStatus.RUNNING) {
            return;
        }
        if (child.status() != ExecutionStatus.SUCCEEDED && tolerance.isExceeded(ended.failedItems(), items.size())) {
            giveUp(MapTolerance.exceeded());
            return;
        }
        startNext();
    }

    private long itemsOf(int index) {
        return batches == null ? 1 : batches.get(index).path("Items").size();
    }

    private void finish() {
        try {
            JsonNode result = results();
            owner.execution().requireSize(result, owner.state().name());
            end(MapRunStatus.SUCCEEDED);
            areResultsWritten = true;
            int last = owner.last();
            int succeeded = owner.record(HistoryEventType.MAP_RUN_SUCCEEDED, null);
            owner.execution().record(HistoryEventType.MAP_STATE_SUCCEEDED, succeeded, null);
            owner.follow(owner.execution().surroundings().isSince(EXIT_FOLLOWS_START) ? last : succeeded);
            owner.succeed(result);
        } catch (StatesError error) {
            giveUp(error);
        }
    }

    private JsonNode results() {
        if (plan.writer() != null) {
            return plan.writer().write(owner, this, List.of(children), List.of());
        }
        ArrayNode outputs = JsonNodeFactory.instance.arrayNode(children.length);
        for (Execution child : children) {
            if (child.output() != null) {
                outputs.add(child.output());
            }
        }
        return outputs;
    }

    /** Writes what there is of a run that failed; what cannot be written then does not hide the failure. */
    private void exportUnfinished(StatesError failure) {
        if (ResultWriterPlan.FAILED.equals(failure.error())) {
            return;
        }
        ResultWriterPlan writer = plan.writer();
        if (!hasStarted || writer == null || !writer.isStoring()) {
            areResultsWritten = hasStarted;
            return;
        }
        try {
            List<Execution> known =
                    Arrays.stream(children).filter(Objects::nonNull).toList();
            List<JsonNode> pending = IntStream.range(0, children.length)
                    .filter(index -> children[index] == null)
                    .mapToObj(this::input)
                    .toList();
            writer.write(owner, this, known, pending);
            areResultsWritten = true;
        } catch (StatesError error) {
            areResultsWritten = false;
        }
    }

    /** Ends the run with an error, and the state with it. */
    void giveUp(StatesError failure) {
        StatesError error = failure.in(owner.state().name(), owner.entered());
        end(MapRunStatus.FAILED);
        stopChildren();
        exportUnfinished(error);
        DistributedMapPlan.recordFailure(owner, error);
        if (error.isFatal()) {
            owner.record(HistoryEventType.MAP_STATE_FAILED, null);
        }
        owner.fail(error);
    }

    @Override
    public void cancel() {
        end(MapRunStatus.ABORTED);
        stopChildren();
    }

    @Override
    public void recordAborted(int failure) {
        owner.record(HistoryEventType.MAP_RUN_ABORTED, null);
    }

    private void stopChildren() {
        List.copyOf(live.values()).stream()
                .filter(child ->
                        rights.allows("states:StopExecution", child.identity().arn()))
                .forEach(child -> child.stop(
                        null, "The map run execution [" + arn() + "] which was managing this resource was aborted"));
    }

    /** Returns the objects as the machine's role sees them. */
    ObjectStore objects() {
        return rights.objects();
    }

    private void end(MapRunStatus end) {
        again.stream().filter(index -> children[index] != null).forEach(this::count);
        again.clear();
        status = end;
        stopDate = owner.execution().now();
    }

    /** Changes how many executions run at once. */
    public void concurrency(int most) {
        concurrency = most == 0 ? owner.execution().surroundings().limits().distributedIterations() : most;
        owner.execution().resume(() -> {
            if (status == MapRunStatus.RUNNING) {
                startNext();
            }
        });
    }

    /** Changes how many failures are put up with; {@code null} leaves a number as it is. */
    public void tolerate(@Nullable Long count, @Nullable Double percentage) {
        tolerance = new MapTolerance(
                count == null ? tolerance.count() : count, percentage == null ? tolerance.percentage() : percentage);
    }

    /** Returns how often it was redriven. */
    public int redriveCount() {
        return redriveCount;
    }

    /** Returns when it was redriven last. */
    public @Nullable Instant redriveDate() {
        return redriveDate;
    }

    /** Returns how many executions wait to be redriven; with {@code inItems}, how many items they have. */
    public long pendingRedrive(boolean inItems) {
        return inItems ? again.stream().mapToLong(this::itemsOf).sum() : again.size();
    }

    /** Returns the ARN. */
    public String arn() {
        return owner.execution()
                .surroundings()
                .arn("mapRun:" + owner.execution().identity().stateMachineName() + "/" + label + ":" + id);
    }

    /** Returns the ARN of the machine that its executions run: the parent's, with the label of the Map. */
    public String stateMachineArn() {
        return parent().stateMachineArn() + "/" + label;
    }

    /** Returns the machine that its executions run: the Map's processor. */
    public StateMachine processor() {
        return plan.machine();
    }

    /** Returns how many items one of its executions has. */
    public int itemCount(Execution child) {
        return batches == null ? 1 : child.identity().input().path("Items").size();
    }

    /** Returns the last part of the ARN. */
    String id() {
        return id;
    }

    boolean isExpress() {
        return plan.isExpress();
    }

    ExportedResults exported() {
        return exported;
    }

    /** Returns the execution that waits for it. */
    public ExecutionIdentity parent() {
        return owner.execution().identity();
    }

    /** Returns the status. */
    public MapRunStatus status() {
        return status;
    }

    /** Returns when it began. */
    public Instant startDate() {
        return startDate;
    }

    /** Returns when it ended. */
    public @Nullable Instant stopDate() {
        return stopDate;
    }

    /** Returns how many executions run at once. */
    public int concurrency() {
        return concurrency;
    }

    /** Returns the failures that are put up with, as a count. */
    public long toleratedCount() {
        return tolerance.count() == null ? 0 : tolerance.count();
    }

    /** Returns the failures that are put up with, in percent. */
    public double toleratedPercentage() {
        return tolerance.percentage() == null ? 0 : tolerance.percentage();
    }

    /** Returns how many executions ended so; with {@code inItems}, how many items they had. */
    public long count(ExecutionStatus end, boolean inItems) {
        return ended.of(end, inItems);
    }

    /** Returns how many executions run; with {@code inItems}, how many items they have. */
    public long running(boolean inItems) {
        return inItems ? live.keySet().stream().mapToLong(this::itemsOf).sum() : live.size();
    }

    /** Returns of how many executions the results are written, to the state's result too; or of how many items. */
    public long resultsWritten(boolean inItems) {
        return areResultsWritten ? total(inItems) : 0;
    }

    /** Returns how many executions there will be in all, or how many items. */
    public long total(boolean inItems) {
        return inItems ? items.size() : children.length;
    }
}

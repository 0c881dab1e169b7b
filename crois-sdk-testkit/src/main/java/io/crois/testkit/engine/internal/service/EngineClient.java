package io.crois.testkit.engine.internal.service;

import io.crois.testkit.engine.ExecutionListener;
import io.crois.testkit.engine.TaskIntegrations;
import io.crois.testkit.engine.TaskResource;
import io.crois.testkit.engine.internal.Execution;
import io.crois.testkit.engine.internal.Planner;
import io.crois.testkit.engine.internal.Surroundings;
import io.crois.testkit.time.EventLoop;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.SfnServiceClientConfiguration;
import software.amazon.awssdk.services.sfn.model.CreateActivityRequest;
import software.amazon.awssdk.services.sfn.model.CreateActivityResponse;
import software.amazon.awssdk.services.sfn.model.CreateStateMachineAliasRequest;
import software.amazon.awssdk.services.sfn.model.CreateStateMachineAliasResponse;
import software.amazon.awssdk.services.sfn.model.CreateStateMachineRequest;
import software.amazon.awssdk.services.sfn.model.CreateStateMachineResponse;
import software.amazon.awssdk.services.sfn.model.DeleteActivityRequest;
import software.amazon.awssdk.services.sfn.model.DeleteActivityResponse;
import software.amazon.awssdk.services.sfn.model.DeleteStateMachineAliasRequest;
import software.amazon.awssdk.services.sfn.model.DeleteStateMachineAliasResponse;
import software.amazon.awssdk.services.sfn.model.DeleteStateMachineRequest;
import software.amazon.awssdk.services.sfn.model.DeleteStateMachineResponse;
import software.amazon.awssdk.services.sfn.model.DeleteStateMachineVersionRequest;
import software.amazon.awssdk.services.sfn.model.DeleteStateMachineVersionResponse;
import software.amazon.awssdk.services.sfn.model.DescribeActivityRequest;
import software.amazon.awssdk.services.sfn.model.DescribeActivityResponse;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionRequest;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.DescribeMapRunRequest;
import software.amazon.awssdk.services.sfn.model.DescribeMapRunResponse;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineAliasRequest;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineAliasResponse;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineForExecutionRequest;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineForExecutionResponse;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineRequest;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineResponse;
import software.amazon.awssdk.services.sfn.model.GetActivityTaskRequest;
import software.amazon.awssdk.services.sfn.model.GetActivityTaskResponse;
import software.amazon.awssdk.services.sfn.model.GetExecutionHistoryRequest;
import software.amazon.awssdk.services.sfn.model.GetExecutionHistoryResponse;
import software.amazon.awssdk.services.sfn.model.ListActivitiesRequest;
import software.amazon.awssdk.services.sfn.model.ListActivitiesResponse;
import software.amazon.awssdk.services.sfn.model.ListExecutionsRequest;
import software.amazon.awssdk.services.sfn.model.ListExecutionsResponse;
import software.amazon.awssdk.services.sfn.model.ListMapRunsRequest;
import software.amazon.awssdk.services.sfn.model.ListMapRunsResponse;
import software.amazon.awssdk.services.sfn.model.ListStateMachineAliasesRequest;
import software.amazon.awssdk.services.sfn.model.ListStateMachineAliasesResponse;
import software.amazon.awssdk.services.sfn.model.ListStateMachineVersionsRequest;
import software.amazon.awssdk.services.sfn.model.ListStateMachineVersionsResponse;
import software.amazon.awssdk.services.sfn.model.ListStateMachinesRequest;
import software.amazon.awssdk.services.sfn.model.ListStateMachinesResponse;
import software.amazon.awssdk.services.sfn.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.sfn.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.sfn.model.PublishStateMachineVersionRequest;
import software.amazon.awssdk.services.sfn.model.PublishStateMachineVersionResponse;
import software.amazon.awssdk.services.sfn.model.RedriveExecutionRequest;
import software.amazon.awssdk.services.sfn.model.RedriveExecutionResponse;
import software.amazon.awssdk.services.sfn.model.SendTaskFailureRequest;
import software.amazon.awssdk.services.sfn.model.SendTaskFailureResponse;
import software.amazon.awssdk.services.sfn.model.SendTaskHeartbeatRequest;
import software.amazon.awssdk.services.sfn.model.SendTaskHeartbeatResponse;
import software.amazon.awssdk.services.sfn.model.SendTaskSuccessRequest;
import software.amazon.awssdk.services.sfn.model.SendTaskSuccessResponse;
import software.amazon.awssdk.services.sfn.model.StartExecutionRequest;
import software.amazon.awssdk.services.sfn.model.StartExecutionResponse;
import software.amazon.awssdk.services.sfn.model.StartSyncExecutionRequest;
import software.amazon.awssdk.services.sfn.model.StartSyncExecutionResponse;
import software.amazon.awssdk.services.sfn.model.StateMachineType;
import software.amazon.awssdk.services.sfn.model.StopExecutionRequest;
import software.amazon.awssdk.services.sfn.model.StopExecutionResponse;
import software.amazon.awssdk.services.sfn.model.TagResourceRequest;
import software.amazon.awssdk.services.sfn.model.TagResourceResponse;
import software.amazon.awssdk.services.sfn.model.TestStateRequest;
import software.amazon.awssdk.services.sfn.model.TestStateResponse;
import software.amazon.awssdk.services.sfn.model.UntagResourceRequest;
import software.amazon.awssdk.services.sfn.model.UntagResourceResponse;
import software.amazon.awssdk.services.sfn.model.UpdateMapRunRequest;
import software.amazon.awssdk.services.sfn.model.UpdateMapRunResponse;
import software.amazon.awssdk.services.sfn.model.UpdateStateMachineAliasRequest;
import software.amazon.awssdk.services.sfn.model.UpdateStateMachineAliasResponse;
import software.amazon.awssdk.services.sfn.model.UpdateStateMachineRequest;
import software.amazon.awssdk.services.sfn.model.UpdateStateMachineResponse;
import software.amazon.awssdk.services.sfn.model.ValidateStateMachineDefinitionRequest;
import software.amazon.awssdk.services.sfn.model.ValidateStateMachineDefinitionResponse;

/**
 * Step Functions in memory. May be used by any thread: each call runs as one task of the event loop. Calls that wait,
 * {@code startSyncExecution}, {@code testState} and {@code getActivityTask}, run the loop meanwhile and cannot be made
 * from within it.
 */
public final class EngineClient implements SfnClient {

    private final EventLoop loop;
    private final Machines machines;
    private final StateTests stateTests;
    private final Versions versions;
    private final Executions executions;
    private final Tasks tasks;
    private final Activities activities;
    private final Tags tags;
    private final MapRuns mapRuns;
    private final Redrives redrives;

    /** Creates the service. */
    public EngineClient(Surroundings surroundings) {
        Arns arns = new Arns(surroundings.region(), surroundings.account());
        this.loop = surroundings.loop();
        Planner planner = new Planner(withOwn(surroundings.integrations()));
        this.machines = new Machines(surroundings, planner, arns);
        this.stateTests = new StateTests(surroundings, machines, planner, arns);
        this.versions = new Versions(surroundings, machines);
        this.executions = new Executions(surroundings, new Targets(machines, surroundings.random()), arns);
        this.tasks = new Tasks(surroundings);
        this.activities = new Activities(surroundings, arns);
        this.tags = new Tags(machines, activities);
        this.mapRuns = new MapRuns(surroundings);
        this.redrives = new Redrives(surroundings, executions);
    }

    /** Adds nested executions, unless somebody else runs them. */
    private TaskIntegrations withOwn(TaskIntegrations others) {
        NestedExecutions nested = new NestedExecutions(this::executions);
        return resource -> others.find(resource).or(() -> isNested(resource) ? Optional.of(nested) : Optional.empty());
    }

    private static boolean isNested(TaskResource resource) {
        return resource.service().equals("states") && resource.action().equals("startExecution");
    }

    private Executions executions() {
        return executions;
    }

    /** Returns what tells a listener of an execution's status; Express executions send no events. */
    public static Consumer<Execution> telling(ExecutionListener listener) {
        return execution -> {
            if (listener.isListening() && !execution.identity().arn().contains(":express:")) {
                listener.changed(Descriptions.change(execution));
            }
        };
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public SfnServiceClientConfiguration serviceClientConfiguration() {
        return SfnServiceClientConfiguration.builder().build();
    }

    @Override
    public void close() {
        // nothing is held open
    }

    @Override
    public CreateStateMachineResponse createStateMachine(CreateStateMachineRequest request) {
        return loop.call(() -> machines.create(request));
    }

    @Override
    public UpdateStateMachineResponse updateStateMachine(UpdateStateMachineRequest request) {
        return loop.call(() -> machines.update(request));
    }

    @Override
    public DeleteStateMachineResponse deleteStateMachine(DeleteStateMachineRequest request) {
        return loop.call(() -> machines.delete(request));
    }

    @Override
    public DescribeStateMachineResponse describeStateMachine(DescribeStateMachineRequest request) {
        return loop.call(() -> machines.describe(request));
    }

    @Override
    public ListStateMachinesResponse listStateMachines(ListStateMachinesRequest request) {
        return loop.call(() -> machines.list(request));
    }

    @Override
    public ValidateStateMachineDefinitionResponse validateStateMachineDefinition(
            ValidateStateMachineDefinitionRequest request) {
        return loop.call(() -> machines.validate(request));
    }

    @Override
    public PublishStateMachineVersionResponse publishStateMachineVersion(PublishStateMachineVersionRequest request) {
        return loop.call(() -> versions.publish(request));
    }

    @Override
    public ListStateMachineVersionsResponse listStateMachineVersions(ListStateMachineVersionsRequest request) {
        return loop.call(() -> versions.list(request));
    }

    @Override
    public DeleteStateMachineVersionResponse deleteStateMachineVersion(DeleteStateMachineVersionRequest request) {
        return loop.call(() -> versions.delete(request));
    }

    @Override
    public CreateStateMachineAliasResponse createStateMachineAlias(CreateStateMachineAliasRequest request) {
        return loop.call(() -> versions.createAlias(request));
    }

    @Override
    public UpdateStateMachineAliasResponse updateStateMachineAlias(UpdateStateMachineAliasRequest request) {
        return loop.call(() -> versions.updateAlias(request));
    }

    @Override
    public DescribeStateMachineAliasResponse describeStateMachineAlias(DescribeStateMachineAliasRequest request) {
        return loop.call(() -> versions.describeAlias(request));
    }

    @Override
    public DeleteStateMachineAliasResponse deleteStateMachineAlias(DeleteStateMachineAliasRequest request) {
        return loop.call(() -> versions.deleteAlias(request));
    }

    @Override
    public ListStateMachineAliasesResponse listStateMachineAliases(ListStateMachineAliasesRequest request) {
        return loop.call(() -> versions.listAliases(request));
    }

    @Override
    public StartExecutionResponse startExecution(StartExecutionRequest request) {
        return loop.call(() -> executions.start(request));
    }

    @Override
    public DescribeExecutionResponse describeExecution(DescribeExecutionRequest request) {
        return loop.call(() -> executions.describe(request));
    }

    @Override
    public DescribeStateMachineForExecutionResponse describeStateMachineForExecution(
            DescribeStateMachineForExecutionRequest request) {
        return loop.call(() -> executions.describeMachine(request));
    }

    @Override
    public StopExecutionResponse stopExecution(StopExecutionRequest request) {
        return loop.call(() -> executions.stop(request));
    }

    @Override
    public GetExecutionHistoryResponse getExecutionHistory(GetExecutionHistoryRequest request) {
        return loop.call(() -> executions.history(request));
    }

    @Override
    public ListExecutionsResponse listExecutions(ListExecutionsRequest request) {
        return loop.call(() -> executions.list(request));
    }

    @Override
    public SendTaskSuccessResponse sendTaskSuccess(SendTaskSuccessRequest request) {
        return loop.call(() -> tasks.succeed(request));
    }

    @Override
    public SendTaskFailureResponse sendTaskFailure(SendTaskFailureRequest request) {
        return loop.call(() -> tasks.fail(request));
    }

    @Override
    public SendTaskHeartbeatResponse sendTaskHeartbeat(SendTaskHeartbeatRequest request) {
        return loop.call(() -> tasks.beat(request));
    }

    @Override
    public CreateActivityResponse createActivity(CreateActivityRequest request) {
        return loop.call(() -> activities.create(request));
    }

    @Override
    public DescribeActivityResponse describeActivity(DescribeActivityRequest request) {
        return loop.call(() -> activities.describe(request));
    }

    @Override
    public DeleteActivityResponse deleteActivity(DeleteActivityRequest request) {
        return loop.call(() -> activities.delete(request));
    }

    @Override
    public ListActivitiesResponse listActivities(ListActivitiesRequest request) {
        return loop.call(() -> activities.list(request));
    }

    @Override
    public TagResourceResponse tagResource(TagResourceRequest request) {
        return loop.call(() -> tags.tag(request));
    }

    @Override
    public UntagResourceResponse untagResource(UntagResourceRequest request) {
        return loop.call(() -> tags.untag(request));
    }

    @Override
    public ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest request) {
        return loop.call(() -> tags.list(request));
    }

    @Override
    public DescribeMapRunResponse describeMapRun(DescribeMapRunRequest request) {
        return loop.call(() -> mapRuns.describe(request));
    }

    @Override
    public ListMapRunsResponse listMapRuns(ListMapRunsRequest request) {
        return loop.call(() -> mapRuns.list(request));
    }

    @Override
    public RedriveExecutionResponse redriveExecution(RedriveExecutionRequest request) {
        return loop.call(() -> redrives.redrive(request));
    }

    @Override
    public UpdateMapRunResponse updateMapRun(UpdateMapRunRequest request) {
        return loop.call(() -> mapRuns.update(request));
    }

    @Override
    public GetActivityTaskResponse getActivityTask(GetActivityTaskRequest request) {
        return activities.poll(request);
    }

    @Override
    public TestStateResponse testState(TestStateRequest request) {
        StateTest test = loop.call(() -> stateTests.start(request));
        loop.runUntil(() -> test.execution().stopDate() != null);
        return test.response();
    }

    @Override
    public StartSyncExecutionResponse startSyncExecution(StartSyncExecutionRequest request) {
        Execution execution = loop.call(() -> {
            if (machines.require(request.stateMachineArn()).type() != StateMachineType.EXPRESS) {
                throw Refusal.machineType("This operation is not supported by this type of state machine");
            }
            return executions.begin(request.stateMachineArn(), request.name(), request.input());
        });
        loop.runUntil(() -> execution.stopDate() != null);
        return Descriptions.synchronous(execution);
    }
}

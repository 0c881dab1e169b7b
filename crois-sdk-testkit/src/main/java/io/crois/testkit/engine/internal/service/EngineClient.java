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
import java.util.function.Function;
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
import software.amazon.awssdk.services.sfn.model.SfnRequest;
import software.amazon.awssdk.services.sfn.model.StartExecutionRequest;
import software.amazon.awssdk.services.sfn.model.StartExecutionResponse;
import software.amazon.awssdk.services.sfn.model.StartSyncExecutionRequest;
import software.amazon.awssdk.services.sfn.model.StartSyncExecutionResponse;
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
    private final RequestCheck check;
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
        this.check = new RequestCheck(surroundings.limits());
        Planner planner = new Planner(withOwn(surroundings.integrations()));
        this.machines = new Machines(surroundings, planner, arns);
        this.stateTests = new StateTests(surroundings, machines, planner, arns);
        this.versions = new Versions(surroundings, machines);
        this.executions = new Executions(surroundings, new Targets(machines, surroundings.random()), arns);
        this.tasks = new Tasks(surroundings);
        this.activities = new Activities(surroundings, arns);
        this.tags = new Tags(machines, activities);
        this.mapRuns = new MapRuns(surroundings, executions);
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
        return answer(request, machines::create);
    }

    @Override
    public UpdateStateMachineResponse updateStateMachine(UpdateStateMachineRequest request) {
        return answer(request, machines::update);
    }

    @Override
    public DeleteStateMachineResponse deleteStateMachine(DeleteStateMachineRequest request) {
        return answer(request, machines::delete);
    }

    @Override
    public DescribeStateMachineResponse describeStateMachine(DescribeStateMachineRequest request) {
        return answer(request, machines::describe);
    }

    @Override
    public ListStateMachinesResponse listStateMachines(ListStateMachinesRequest request) {
        return answer(request, machines::list);
    }

    @Override
    public ValidateStateMachineDefinitionResponse validateStateMachineDefinition(
            ValidateStateMachineDefinitionRequest request) {
        return answer(request, machines::validate);
    }

    @Override
    public PublishStateMachineVersionResponse publishStateMachineVersion(PublishStateMachineVersionRequest request) {
        return answer(request, versions::publish);
    }

    @Override
    public ListStateMachineVersionsResponse listStateMachineVersions(ListStateMachineVersionsRequest request) {
        return answer(request, versions::list);
    }

    @Override
    public DeleteStateMachineVersionResponse deleteStateMachineVersion(DeleteStateMachineVersionRequest request) {
        return answer(request, versions::delete);
    }

    @Override
    public CreateStateMachineAliasResponse createStateMachineAlias(CreateStateMachineAliasRequest request) {
        return answer(request, versions::createAlias);
    }

    @Override
    public UpdateStateMachineAliasResponse updateStateMachineAlias(UpdateStateMachineAliasRequest request) {
        return answer(request, versions::updateAlias);
    }

    @Override
    public DescribeStateMachineAliasResponse describeStateMachineAlias(DescribeStateMachineAliasRequest request) {
        return answer(request, versions::describeAlias);
    }

    @Override
    public DeleteStateMachineAliasResponse deleteStateMachineAlias(DeleteStateMachineAliasRequest request) {
        return answer(request, versions::deleteAlias);
    }

    @Override
    public ListStateMachineAliasesResponse listStateMachineAliases(ListStateMachineAliasesRequest request) {
        return answer(request, versions::listAliases);
    }

    @Override
    public StartExecutionResponse startExecution(StartExecutionRequest request) {
        return answer(request, executions::start);
    }

    @Override
    public DescribeExecutionResponse describeExecution(DescribeExecutionRequest request) {
        return answer(request, executions::describe);
    }

    @Override
    public DescribeStateMachineForExecutionResponse describeStateMachineForExecution(
            DescribeStateMachineForExecutionRequest request) {
        return answer(request, executions::describeMachine);
    }

    @Override
    public StopExecutionResponse stopExecution(StopExecutionRequest request) {
        return answer(request, executions::stop);
    }

    @Override
    public GetExecutionHistoryResponse getExecutionHistory(GetExecutionHistoryRequest request) {
        return answer(request, executions::history);
    }

    @Override
    public ListExecutionsResponse listExecutions(ListExecutionsRequest request) {
        return answer(request, executions::list);
    }

    @Override
    public SendTaskSuccessResponse sendTaskSuccess(SendTaskSuccessRequest request) {
        return answer(request, tasks::succeed);
    }

    @Override
    public SendTaskFailureResponse sendTaskFailure(SendTaskFailureRequest request) {
        return answer(request, tasks::fail);
    }

    @Override
    public SendTaskHeartbeatResponse sendTaskHeartbeat(SendTaskHeartbeatRequest request) {
        return answer(request, tasks::beat);
    }

    @Override
    public CreateActivityResponse createActivity(CreateActivityRequest request) {
        return answer(request, activities::create);
    }

    @Override
    public DescribeActivityResponse describeActivity(DescribeActivityRequest request) {
        return answer(request, activities::describe);
    }

    @Override
    public DeleteActivityResponse deleteActivity(DeleteActivityRequest request) {
        return answer(request, activities::delete);
    }

    @Override
    public ListActivitiesResponse listActivities(ListActivitiesRequest request) {
        return answer(request, activities::list);
    }

    @Override
    public TagResourceResponse tagResource(TagResourceRequest request) {
        return answer(request, tags::tag);
    }

    @Override
    public UntagResourceResponse untagResource(UntagResourceRequest request) {
        return answer(request, tags::untag);
    }

    @Override
    public ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest request) {
        return answer(request, tags::list);
    }

    @Override
    public DescribeMapRunResponse describeMapRun(DescribeMapRunRequest request) {
        return answer(request, mapRuns::describe);
    }

    @Override
    public ListMapRunsResponse listMapRuns(ListMapRunsRequest request) {
        return answer(request, mapRuns::list);
    }

    @Override
    public RedriveExecutionResponse redriveExecution(RedriveExecutionRequest request) {
        return answer(request, redrives::redrive);
    }

    @Override
    public UpdateMapRunResponse updateMapRun(UpdateMapRunRequest request) {
        return answer(request, mapRuns::update);
    }

    @Override
    public GetActivityTaskResponse getActivityTask(GetActivityTaskRequest request) {
        return activities.poll(check.accept(request));
    }

    @Override
    public TestStateResponse testState(TestStateRequest request) {
        StateTest test = answer(request, stateTests::start);
        loop.runUntil(() -> test.execution().stopDate() != null);
        return test.response();
    }

    @Override
    public StartSyncExecutionResponse startSyncExecution(StartSyncExecutionRequest request) {
        Execution execution = answer(request, executions::startExpress);
        loop.runUntil(() -> execution.stopDate() != null);
        return Descriptions.synchronous(execution, request);
    }

    /** Answers an acceptable request on the loop. */
    private <Q extends SfnRequest, A> A answer(Q request, Function<Q, A> operation) {
        Q accepted = check.accept(request);
        return loop.call(() -> operation.apply(accepted));
    }
}

package io.crois.testkit.aws;

import io.crois.testkit.engine.AslEngine;
import io.crois.testkit.engine.EngineLimits;
import io.crois.testkit.engine.ExecutionListener;
import io.crois.testkit.engine.MapRights;
import io.crois.testkit.engine.ObjectStore;
import io.crois.testkit.engine.TaskIntegrations;
import io.crois.testkit.time.EventLoop;
import java.time.LocalDate;
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
 * Step Functions in memory: runs any state machine in time of an event loop. May be used by any thread.
 *
 * <pre>{@code
 * VirtualEventLoop loop = VirtualEventLoop.create();
 * SfnClient sfn = InMemorySfn.builder(loop).integrations(integrations).build();
 * String machine = sfn.createStateMachine(m -> m.name("hello").roleArn(role).definition(json)).stateMachineArn();
 * String execution = sfn.startExecution(e -> e.stateMachineArn(machine).input("{}")).executionArn();
 * loop.runUntilIdle();
 * sfn.describeExecution(e -> e.executionArn(execution)).output();
 * }</pre>
 *
 * <p>{@code startSyncExecution} and {@code getActivityTask} wait as the service does: they run the loop until there is
 * an answer, so they cannot be called from a task of the loop. Operations that are not in memory throw
 * {@link UnsupportedOperationException}.
 */
public final class InMemorySfn implements SfnClient {

    private final SfnClient engine;

    private InMemorySfn(SfnClient engine) {
        this.engine = engine;
    }

    /** Returns a builder of a service whose time is that of the given loop. */
    public static Builder builder(EventLoop loop) {
        return new Builder(AslEngine.builder(loop));
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public SfnServiceClientConfiguration serviceClientConfiguration() {
        return engine.serviceClientConfiguration();
    }

    @Override
    public void close() {
        engine.close();
    }

    @Override
    public CreateStateMachineResponse createStateMachine(CreateStateMachineRequest request) {
        return engine.createStateMachine(request);
    }

    @Override
    public UpdateStateMachineResponse updateStateMachine(UpdateStateMachineRequest request) {
        return engine.updateStateMachine(request);
    }

    @Override
    public DeleteStateMachineResponse deleteStateMachine(DeleteStateMachineRequest request) {
        return engine.deleteStateMachine(request);
    }

    @Override
    public DescribeStateMachineResponse describeStateMachine(DescribeStateMachineRequest request) {
        return engine.describeStateMachine(request);
    }

    @Override
    public ListStateMachinesResponse listStateMachines(ListStateMachinesRequest request) {
        return engine.listStateMachines(request);
    }

    @Override
    public ValidateStateMachineDefinitionResponse validateStateMachineDefinition(
            ValidateStateMachineDefinitionRequest request) {
        return engine.validateStateMachineDefinition(request);
    }

    @Override
    public PublishStateMachineVersionResponse publishStateMachineVersion(PublishStateMachineVersionRequest request) {
        return engine.publishStateMachineVersion(request);
    }

    @Override
    public ListStateMachineVersionsResponse listStateMachineVersions(ListStateMachineVersionsRequest request) {
        return engine.listStateMachineVersions(request);
    }

    @Override
    public DeleteStateMachineVersionResponse deleteStateMachineVersion(DeleteStateMachineVersionRequest request) {
        return engine.deleteStateMachineVersion(request);
    }

    @Override
    public CreateStateMachineAliasResponse createStateMachineAlias(CreateStateMachineAliasRequest request) {
        return engine.createStateMachineAlias(request);
    }

    @Override
    public UpdateStateMachineAliasResponse updateStateMachineAlias(UpdateStateMachineAliasRequest request) {
        return engine.updateStateMachineAlias(request);
    }

    @Override
    public DescribeStateMachineAliasResponse describeStateMachineAlias(DescribeStateMachineAliasRequest request) {
        return engine.describeStateMachineAlias(request);
    }

    @Override
    public DeleteStateMachineAliasResponse deleteStateMachineAlias(DeleteStateMachineAliasRequest request) {
        return engine.deleteStateMachineAlias(request);
    }

    @Override
    public ListStateMachineAliasesResponse listStateMachineAliases(ListStateMachineAliasesRequest request) {
        return engine.listStateMachineAliases(request);
    }

    @Override
    public StartExecutionResponse startExecution(StartExecutionRequest request) {
        return engine.startExecution(request);
    }

    @Override
    public DescribeExecutionResponse describeExecution(DescribeExecutionRequest request) {
        return engine.describeExecution(request);
    }

    @Override
    public DescribeStateMachineForExecutionResponse describeStateMachineForExecution(
            DescribeStateMachineForExecutionRequest request) {
        return engine.describeStateMachineForExecution(request);
    }

    @Override
    public StopExecutionResponse stopExecution(StopExecutionRequest request) {
        return engine.stopExecution(request);
    }

    @Override
    public GetExecutionHistoryResponse getExecutionHistory(GetExecutionHistoryRequest request) {
        return engine.getExecutionHistory(request);
    }

    @Override
    public ListExecutionsResponse listExecutions(ListExecutionsRequest request) {
        return engine.listExecutions(request);
    }

    @Override
    public SendTaskSuccessResponse sendTaskSuccess(SendTaskSuccessRequest request) {
        return engine.sendTaskSuccess(request);
    }

    @Override
    public SendTaskFailureResponse sendTaskFailure(SendTaskFailureRequest request) {
        return engine.sendTaskFailure(request);
    }

    @Override
    public SendTaskHeartbeatResponse sendTaskHeartbeat(SendTaskHeartbeatRequest request) {
        return engine.sendTaskHeartbeat(request);
    }

    @Override
    public CreateActivityResponse createActivity(CreateActivityRequest request) {
        return engine.createActivity(request);
    }

    @Override
    public DescribeActivityResponse describeActivity(DescribeActivityRequest request) {
        return engine.describeActivity(request);
    }

    @Override
    public DeleteActivityResponse deleteActivity(DeleteActivityRequest request) {
        return engine.deleteActivity(request);
    }

    @Override
    public ListActivitiesResponse listActivities(ListActivitiesRequest request) {
        return engine.listActivities(request);
    }

    @Override
    public TagResourceResponse tagResource(TagResourceRequest request) {
        return engine.tagResource(request);
    }

    @Override
    public UntagResourceResponse untagResource(UntagResourceRequest request) {
        return engine.untagResource(request);
    }

    @Override
    public ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest request) {
        return engine.listTagsForResource(request);
    }

    @Override
    public GetActivityTaskResponse getActivityTask(GetActivityTaskRequest request) {
        return engine.getActivityTask(request);
    }

    @Override
    public StartSyncExecutionResponse startSyncExecution(StartSyncExecutionRequest request) {
        return engine.startSyncExecution(request);
    }

    @Override
    public TestStateResponse testState(TestStateRequest request) {
        return engine.testState(request);
    }

    @Override
    public DescribeMapRunResponse describeMapRun(DescribeMapRunRequest request) {
        return engine.describeMapRun(request);
    }

    @Override
    public ListMapRunsResponse listMapRuns(ListMapRunsRequest request) {
        return engine.listMapRuns(request);
    }

    @Override
    public UpdateMapRunResponse updateMapRun(UpdateMapRunRequest request) {
        return engine.updateMapRun(request);
    }

    @Override
    public RedriveExecutionResponse redriveExecution(RedriveExecutionRequest request) {
        return engine.redriveExecution(request);
    }

    /** Collects what the service works with. Not safe for use by several threads. */
    public static final class Builder {

        private final AslEngine.Builder engine;

        private Builder(AslEngine.Builder engine) {
            this.engine = engine;
        }

        /**
         * Sets what Task states reach; the default is nothing but the engine's own nested executions and activities.
         */
        public Builder integrations(TaskIntegrations integrations) {
            engine.integrations(integrations);
            return this;
        }

        /** Sets where distributed Maps read their items and write their results; the default refuses both. */
        public Builder objectStore(ObjectStore objects) {
            engine.objectStore(objects);
            return this;
        }

        /** Sets what distributed Maps may do with the roles of their machines; the default is everything. */
        public Builder mapRights(MapRights rights) {
            engine.mapRights(rights);
            return this;
        }

        /** Sets who is told of each change of an execution's status; the default is nobody. */
        public Builder listener(ExecutionListener listener) {
            engine.listener(listener);
            return this;
        }

        /** Sets the quotas; the default is {@link EngineLimits#aws()}. */
        public Builder limits(EngineLimits limits) {
            engine.limits(limits);
            return this;
        }

        /**
         * Sets the day whose behaviour is imitated, where the service's has changed; the default is today's behaviour.
         *
         * @see AslEngine.Builder#asOf
         */
        public Builder asOf(LocalDate day) {
            engine.asOf(day);
            return this;
        }

        /** Sets the region of ARNs and events; the default is {@code us-east-1}. */
        public Builder region(String region) {
            engine.region(region);
            return this;
        }

        /** Sets the account of ARNs; the default is {@code 111111111111}. */
        public Builder account(String account) {
            engine.account(account);
            return this;
        }

        /** Sets what names, tokens and jitter are made of; the default is 0. */
        public Builder seed(long seed) {
            engine.seed(seed);
            return this;
        }

        /** Returns the client of a service without machines. */
        public InMemorySfn build() {
            return new InMemorySfn(engine.build().client());
        }
    }
}

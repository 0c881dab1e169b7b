package io.crois.platform;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.mockito.Answers;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.DeleteStackRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeStacksResponse;
import software.amazon.awssdk.services.cloudformation.model.ResourceStatus;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;
import software.amazon.awssdk.services.cloudformation.model.UpdateStackRequest;
import software.amazon.awssdk.services.cloudformation.paginators.DescribeStackEventsIterable;

/** What the service does over time, which moto does at once. */
final class PlatformStackTest {
    private static final PlatformStack.Wanted WANTED = new PlatformStack.Wanted("{}", Map.of("Prefix", "demo"));

    private final CloudFormationClient cloudFormation = mock(CloudFormationClient.class, Answers.RETURNS_DEEP_STUBS);
    private final PlatformStack stack = new PlatformStack(cloudFormation, new InstantPacing(), "demo");

    @Test
    void a_stack_that_is_busy_is_waited_for_before_it_is_changed() {
        statuses(
                StackStatus.UPDATE_IN_PROGRESS,
                StackStatus.UPDATE_COMPLETE_CLEANUP_IN_PROGRESS,
                StackStatus.UPDATE_COMPLETE);

        stack.apply(WANTED);

        verify(cloudFormation, times(1)).updateStack(anyUpdate());
    }

    @Test
    void the_first_failure_of_a_deployment_is_told() {
        statuses(
                StackStatus.UPDATE_COMPLETE,
                StackStatus.UPDATE_COMPLETE,
                StackStatus.UPDATE_COMPLETE,
                StackStatus.UPDATE_COMPLETE,
                StackStatus.UPDATE_ROLLBACK_COMPLETE);
        DescribeStackEventsIterable events = mock(DescribeStackEventsIterable.class, Answers.RETURNS_DEEP_STUBS);
        doReturn(events).when(cloudFormation).describeStackEventsPaginator(any(Consumer.class));
        when(events.stackEvents().stream())
                .thenReturn(Stream.of(
                        failure("Bucket", "AWS::S3::Bucket", "Resource creation cancelled"),
                        failure("Cluster", "AWS::ECS::Cluster", "not authorized")));

        assertThatThrownBy(() -> stack.apply(WANTED))
                .hasMessage(
                        "Platform `demo` could not be deployed: its stack is UPDATE_ROLLBACK_COMPLETE. The first failure"
                                + " was of `Cluster` (AWS::ECS::Cluster): not authorized");
    }

    @Test
    void a_stack_that_is_gone_is_not_deleted_again() {
        when(cloudFormation.describeStacks(any(Consumer.class)))
                .thenThrow(CloudFormationException.builder()
                        .message("Stack with id demo does not exist")
                        .build());

        stack.delete();

        verify(cloudFormation, never()).deleteStack(anyDelete());
    }

    @Test
    void deleting_waits_until_the_stack_is_gone() {
        statuses(StackStatus.CREATE_COMPLETE, StackStatus.DELETE_IN_PROGRESS, StackStatus.DELETE_COMPLETE);

        stack.delete();

        verify(cloudFormation, times(1)).deleteStack(anyDelete());
    }

    private void statuses(StackStatus... inTurn) {
        List<DescribeStacksResponse> answers = Stream.of(inTurn)
                .map(status -> DescribeStacksResponse.builder()
                        .stacks(Stack.builder()
                                .stackName("demo")
                                .stackStatus(status)
                                .build())
                        .build())
                .toList();
        when(cloudFormation.describeStacks(any(Consumer.class)))
                .thenReturn(answers.get(0), answers.subList(1, answers.size()).toArray(new DescribeStacksResponse[0]));
        when(cloudFormation.getTemplate(any(Consumer.class)).templateBody()).thenReturn("{\"other\": 1}");
    }

    private static StackEvent failure(String resource, String type, String reason) {
        return StackEvent.builder()
                .logicalResourceId(resource)
                .resourceType(type)
                .resourceStatus(ResourceStatus.UPDATE_FAILED)
                .resourceStatusReason(reason)
                .build();
    }

    private static Consumer<UpdateStackRequest.Builder> anyUpdate() {
        return any();
    }

    private static Consumer<DeleteStackRequest.Builder> anyDelete() {
        return any();
    }
}

package io.crois.testkit.running;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ListStateMachineVersionsRequest;
import software.amazon.awssdk.services.sfn.model.ListStateMachineVersionsResponse;
import software.amazon.awssdk.services.sfn.model.StartExecutionRequest;
import software.amazon.awssdk.services.sfn.model.StateMachineDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.StateMachineVersionListItem;

/**
 * Step Functions of moto with the two things that it lacks and without which nothing is deployed twice or submitted:
 * see {@link MotoDifference#VERSIONS_ARE_NOT_LISTED} and {@link MotoDifference#VERSIONS_ARE_NOT_STARTED}.
 */
final class MotoStepFunctions {
    private final SfnClient moto;

    private MotoStepFunctions(SfnClient moto) {
        this.moto = moto;
    }

    /** Returns a client that does the rest as moto does. */
    @SuppressWarnings("unchecked")
    static SfnClient of(SfnClient moto) {
        MotoStepFunctions filled = new MotoStepFunctions(moto);
        return FilledClient.of(
                SfnClient.class,
                moto,
                Map.of(
                        "listStateMachineVersions",
                        asked -> filled.versions((Consumer<ListStateMachineVersionsRequest.Builder>) asked),
                        "startExecution",
                        asked -> filled.start((Consumer<StartExecutionRequest.Builder>) asked)));
    }

    /** Numbers are given without a gap, as long as none is deleted. */
    private ListStateMachineVersionsResponse versions(Consumer<ListStateMachineVersionsRequest.Builder> asked) {
        ListStateMachineVersionsRequest request =
                ListStateMachineVersionsRequest.builder().applyMutation(asked).build();
        List<StateMachineVersionListItem> versions = new ArrayList<>();
        while (isThere(request.stateMachineArn(), versions.size() + 1)) {
            versions.add(
                    0,
                    StateMachineVersionListItem.builder()
                            .stateMachineVersionArn(request.stateMachineArn() + ":" + (versions.size() + 1))
                            .build());
        }
        int most = request.maxResults() == null ? versions.size() : Math.min(request.maxResults(), versions.size());
        return ListStateMachineVersionsResponse.builder()
                .stateMachineVersions(versions.subList(0, most))
                .build();
    }

    private boolean isThere(String machine, int version) {
        try {
            moto.describeStateMachine(request -> request.stateMachineArn(machine + ":" + version));
            return true;
        } catch (StateMachineDoesNotExistException none) {
            return false;
        }
    }

    private Object start(Consumer<StartExecutionRequest.Builder> asked) {
        StartExecutionRequest request =
                StartExecutionRequest.builder().applyMutation(asked).build();
        moto.describeStateMachine(version -> version.stateMachineArn(request.stateMachineArn()));
        String machine = request.stateMachineArn().replaceAll("(:stateMachine:[^:]+):\\d+$", "$1");
        return moto.startExecution(request.toBuilder().stateMachineArn(machine).build());
    }
}

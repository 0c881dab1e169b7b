package io.crois.platform;

import io.crois.contract.Json;
import io.crois.execution.Pacing;
import io.crois.workflow.CroisException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.AlreadyExistsException;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetNotFoundException;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetStatus;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetType;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.DescribeChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Replacement;
import software.amazon.awssdk.services.cloudformation.model.ResourceChange;
import software.amazon.awssdk.services.cloudformation.model.ResourceStatus;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;

/** The platform's stack in CloudFormation: change sets, waiting, and what went wrong in words. */
final class PlatformStack {
    private static final Logger LOG = LoggerFactory.getLogger(PlatformStack.class);
    private static final String NO_UPDATES = "No updates are to be performed";
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(90);

    private final CloudFormationClient cloudFormation;
    private final Pacing pacing;
    private final String name;

    PlatformStack(CloudFormationClient cloudFormation, Pacing pacing, String name) {
        this.cloudFormation = cloudFormation;
        this.pacing = pacing;
        this.name = name;
    }

    /** What a stack should be: its template and the values of its parameters. */
    record Wanted(String template, Map<String, String> parameters) {
        /** Returns a name that is the same whenever the same is wanted. */
        String changeSet() {
            return "crois-" + Json.digest(List.of(template, parameters));
        }
    }

    Optional<Stack> find() {
        try {
            return cloudFormation.describeStacks(request -> request.stackName(name)).stacks().stream()
                    .filter(stack -> stack.stackStatus() != StackStatus.DELETE_COMPLETE)
                    .findFirst();
        } catch (CloudFormationException e) {
            if (String.valueOf(e.getMessage()).contains("does not exist")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    List<PlatformChange> plan(Wanted wanted) {
        settle();
        boolean stackIsThere = isThere();
        DescribeChangeSetResponse made = compare(wanted);
        List<PlatformChange> changes = changes(made);
        cloudFormation.deleteChangeSet(request -> request.stackName(name).changeSetName(wanted.changeSet()));
        if (!stackIsThere) {
            delete();
        }
        return changes;
    }

    void apply(Wanted wanted) {
        settle();
        removeFailedCreation();
        if (differences(wanted).isEmpty() || !begin(wanted)) {
            LOG.info("Platform {} is as it should be.", name);
            return;
        }
        Stack done = settle().orElseThrow(
                        () -> new CroisException("Platform `" + name + "` disappeared while it was made."));
        if (done.stackStatus() != StackStatus.CREATE_COMPLETE && done.stackStatus() != StackStatus.UPDATE_COMPLETE) {
            throw new CroisException("Platform `" + name + "` could not be deployed: its stack is "
                    + done.stackStatusAsString() + "." + firstFailure());
        }
    }

    List<String> differences(Wanted wanted) {
        Optional<Stack> present = find();
        if (present.isEmpty()) {
            return List.of("There is no stack `" + name + "`.");
        }
        List<String> found = new ArrayList<>();
        StackStatus status = present.get().stackStatus();
        if (!isStable(status)) {
            found.add("Stack `" + name + "` is " + present.get().stackStatusAsString() + ".");
        }
        String template =
                cloudFormation.getTemplate(request -> request.stackName(name)).templateBody();
        if (!Json.parse(template).equals(Json.parse(wanted.template()))) {
            found.add("Stack `" + name + "` has another template. PlatformProvisioner.plan tells what differs.");
        }
        Map<String, String> given = new TreeMap<>();
        present.get().parameters().forEach(one -> given.put(one.parameterKey(), one.parameterValue()));
        wanted.parameters().forEach((parameter, value) -> {
            if (!value.equals(given.get(parameter))) {
                found.add("Parameter `" + parameter + "` is `" + given.get(parameter) + "`, but should be `" + value
                        + "`.");
            }
        });
        return found;
    }

    void delete() {
        if (settle().isEmpty()) {
            return;
        }
        cloudFormation.deleteStack(request -> request.stackName(name));
        Optional<Stack> left = settle();
        if (left.isPresent()) {
            throw new CroisException("Platform `" + name + "` could not be deleted: its stack is "
                    + left.get().stackStatusAsString() + "." + firstFailure());
        }
    }

    private boolean isThere() {
        return find().filter(stack -> stack.stackStatus() != StackStatus.REVIEW_IN_PROGRESS)
                .isPresent();
    }

    /** A stack whose creation failed can only be deleted; what it kept back from the deletion was never used. */
    private void removeFailedCreation() {
        if (find().filter(stack -> stack.stackStatus() == StackStatus.ROLLBACK_COMPLETE)
                .isPresent()) {
            LOG.info("Platform {} was not completed before; its stack is made anew.", name);
            delete();
        }
    }

    /** Begins to create or update the stack; returns false when there is nothing to change. */
    private boolean begin(Wanted wanted) {
        if (isThere()) {
            return update(wanted);
        }
        try {
            cloudFormation.createStack(request -> request.stackName(name)
                    .clientRequestToken(wanted.changeSet())
                    .templateBody(wanted.template())
                    .capabilities(Capability.CAPABILITY_NAMED_IAM)
                    .parameters(parameters(wanted)));
            return true;
        } catch (AlreadyExistsException begunMeanwhile) {
            settle();
            return update(wanted);
        }
    }

    private boolean update(Wanted wanted) {
        try {
            cloudFormation.updateStack(request -> request.stackName(name)
                    .templateBody(wanted.template())
                    .capabilities(Capability.CAPABILITY_NAMED_IAM)
                    .parameters(parameters(wanted)));
            return true;
        } catch (CloudFormationException e) {
            if (String.valueOf(e.getMessage()).contains(NO_UPDATES)) {
                return false;
            }
            throw e;
        }
    }

    private DescribeChangeSetResponse compare(Wanted wanted) {
        ChangeSetType type = isThere() ? ChangeSetType.UPDATE : ChangeSetType.CREATE;
        try {
            cloudFormation.createChangeSet(request -> request.stackName(name)
                    .changeSetName(wanted.changeSet())
                    .changeSetType(type)
                    .templateBody(wanted.template())
                    .capabilities(Capability.CAPABILITY_NAMED_IAM)
                    .parameters(parameters(wanted)));
        } catch (AlreadyExistsException leftByAnEarlierCall) {
            LOG.debug("Change set {} is there already.", wanted.changeSet());
        }
        return compared(wanted.changeSet());
    }

    private static List<Parameter> parameters(Wanted wanted) {
        List<Parameter> parameters = new ArrayList<>();
        wanted.parameters()
                .forEach((key, value) -> parameters.add(Parameter.builder()
                        .parameterKey(key)
                        .parameterValue(value)
                        .build()));
        return parameters;
    }

    private DescribeChangeSetResponse compared(String changeSet) {
        for (Duration waited = Duration.ZERO; ; waited = pause(waited, "change set `" + changeSet + "`")) {
            DescribeChangeSetResponse present = describe(changeSet);
            ChangeSetStatus status = present.status();
            if (status == ChangeSetStatus.CREATE_COMPLETE || isWithoutChanges(present)) {
                return present;
            }
            if (status == ChangeSetStatus.FAILED) {
                throw new CroisException(
                        "CloudFormation refuses to change platform `" + name + "`: " + present.statusReason());
            }
        }
    }

    private DescribeChangeSetResponse describe(String changeSet) {
        try {
            return cloudFormation.describeChangeSet(
                    request -> request.stackName(name).changeSetName(changeSet));
        } catch (ChangeSetNotFoundException removedMeanwhile) {
            throw new CroisException(
                    "Platform `" + name + "` was changed by somebody else at the same time. Try again.",
                    removedMeanwhile);
        }
    }

    /** CloudFormation calls a change set without changes failed, and says why in words only. */
    private static boolean isWithoutChanges(DescribeChangeSetResponse present) {
        String reason = String.valueOf(present.statusReason());
        return present.status() == ChangeSetStatus.FAILED
                && (reason.contains("didn't contain changes") || reason.contains(NO_UPDATES));
    }

    private List<PlatformChange> changes(DescribeChangeSetResponse made) {
        if (isWithoutChanges(made)) {
            return List.of();
        }
        List<PlatformChange> changes = new ArrayList<>();
        DescribeChangeSetResponse page = made;
        while (true) {
            page.changes().forEach(change -> changes.add(change(change.resourceChange())));
            String next = page.nextToken();
            if (next == null) {
                return changes;
            }
            page = cloudFormation.describeChangeSet(request ->
                    request.stackName(name).changeSetName(made.changeSetName()).nextToken(next));
        }
    }

    private static PlatformChange change(ResourceChange change) {
        return new PlatformChange(
                change.actionAsString(),
                change.logicalResourceId(),
                change.resourceType(),
                change.replacement() == Replacement.TRUE);
    }

    /** Waits until nothing is under way, whoever began it; empty when there is no stack. */
    private Optional<Stack> settle() {
        for (Duration waited = Duration.ZERO; ; waited = pause(waited, "stack `" + name + "`")) {
            Optional<Stack> present = find();
            if (present.isEmpty() || isStable(present.get().stackStatus())) {
                return present;
            }
        }
    }

    private static boolean isStable(StackStatus status) {
        return status == StackStatus.REVIEW_IN_PROGRESS || !status.toString().endsWith("_IN_PROGRESS");
    }

    private Duration pause(Duration waited, String what) {
        if (waited.compareTo(LONGEST) >= 0) {
            throw new CroisException("Waiting for " + what + " took longer than " + LONGEST.toMinutes()
                    + " minutes. Look at it in the CloudFormation console, then try again.");
        }
        try {
            pacing.pause(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CroisException("Waiting for " + what + " was interrupted. Call again to go on.", e);
        }
        return waited.plus(PAUSE);
    }

    private String firstFailure() {
        return cloudFormation.describeStackEventsPaginator(request -> request.stackName(name)).stackEvents().stream()
                .filter(event -> isFailure(event.resourceStatus()))
                .reduce((later, earlier) -> earlier)
                .map(PlatformStack::tell)
                .orElse("");
    }

    private static boolean isFailure(ResourceStatus status) {
        return status == ResourceStatus.CREATE_FAILED
                || status == ResourceStatus.UPDATE_FAILED
                || status == ResourceStatus.DELETE_FAILED;
    }

    private static String tell(StackEvent event) {
        return " The first failure was of `" + event.logicalResourceId() + "` (" + event.resourceType() + "): "
                + event.resourceStatusReason();
    }
}

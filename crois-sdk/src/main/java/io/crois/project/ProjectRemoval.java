package io.crois.project;

import io.crois.project.PlannedChange.Action;
import io.crois.project.Step.Stage;
import io.crois.workflow.CroisException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeyState;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.secretsmanager.model.FilterNameStringType;
import software.amazon.awssdk.services.secretsmanager.model.InvalidRequestException;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretsResponse;
import software.amazon.awssdk.services.secretsmanager.model.SecretListEntry;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ListStateMachinesResponse;
import software.amazon.awssdk.services.sfn.model.StateMachineListItem;

/** Finds what is left of a project and removes it: first what uses the roles and the key, last the key. */
final class ProjectRemoval {
    private final Site site;
    private final Removal removal;
    private final Calls calls;
    private final RecordRemoval records;

    ProjectRemoval(Site site, Removal removal) {
        this.site = site;
        this.records = new RecordRemoval(site);
        this.removal = removal;
        this.calls = site.calls;
    }

    /** Refuses a removal that is not confirmed or that would lose what it does not speak of. */
    void refuseAccident() {
        List<String> problems = new ArrayList<>();
        if (!removal.confirmation().equals(removal.project())) {
            problems.add("confirmation: the removal must be confirmed by the project's name. Call confirmedBy(\""
                    + removal.project() + "\") if you mean it.");
        }
        if (!removal.stopsExecutions()) {
            long running = machines().stream()
                    .filter(machine -> !running(machine).isEmpty())
                    .count();
            if (running > 0) {
                problems.add("executions: " + running + (running == 1 ? " state machine has" : " state machines have")
                        + " running executions. Wait for them, or call stoppingExecutions().");
            }
        }
        if (!removal.deletesObjects()
                && !objects(site.names.objects()).contents().isEmpty()) {
            problems.add("objects: there are some under `s3://"
                    + site.platform.settings().bucket() + "/"
                    + site.names.objects() + "`, and without the key nobody can ever read them. Save what you need, and"
                    + " call deletingObjects().");
        }
        Problems.refuse("Removal of project `" + removal.project() + "`", problems);
    }

    /** Returns what is still there. */
    List<Step> steps() {
        List<Step> steps = new ArrayList<>(new StartRemoval(site).steps());
        machines()
                .forEach(machine -> steps.add(step(
                        "AWS::StepFunctions::StateMachine",
                        machine.name(),
                        Stage.KEY,
                        "with its running executions, if any",
                        () -> removeMachine(machine))));
        if (removal.deletesObjects()) {
            for (String prefix : List.of(site.names.objects(), site.names.controlObjects())) {
                if (!objects(prefix).contents().isEmpty()) {
                    String place = site.platform.settings().bucket() + "/" + prefix;
                    steps.add(step("AWS::S3::Object", place, Stage.KEY, "for ever", () -> deleteObjects(prefix)));
                }
            }
        }
        secrets()
                .forEach(secret -> steps.add(step(
                        "AWS::SecretsManager::Secret",
                        secret.name(),
                        Stage.KEY,
                        "can be restored for " + removal.waitingDays() + " days",
                        () -> removeSecret(secret))));
        steps.addAll(new ContainerRemoval(site).steps());
        if (removal.deletesRecords()) {
            steps.addAll(records.steps());
        }
        steps.addAll(new ApplicationRights(site).removal());
        steps.addAll(ProjectRole.task(site).removal());
        steps.addAll(ProjectRole.flow(site).removal());
        steps.addAll(key());
        return steps;
    }

    /** Returns what is left on purpose, and why. */
    List<String> stays() {
        List<String> stays = new ArrayList<>();
        String table = site.platform.settings().table();
        if (!removal.deletesRecords() && records.hasExecutions()) {
            stays.add("Items of table `" + table + "` whose keys begin with `" + site.names.items()
                    + "`: they tell who ran what and when, and hold no files. Call deletingRecords() to delete them.");
        }
        return stays;
    }

    private static Step step(String resource, String name, Stage stage, String detail, Runnable work) {
        return new Step(new PlannedChange(Action.DELETE, resource, name, detail), stage, work);
    }

    private List<Step> key() {
        ProjectKey key = new ProjectKey(site);
        List<Step> steps = new ArrayList<>();
        Optional<KeyMetadata> aliased = key.aliased();
        aliased.filter(found -> found.keyState() != KeyState.PENDING_DELETION)
                .ifPresent(found -> steps.add(deletion(key, found)));
        aliased.ifPresent(found -> steps.add(step(
                "AWS::KMS::Alias",
                site.names.keyAlias(),
                Stage.KEY_POLICY,
                "after its key is marked",
                key::deleteAlias)));
        if (aliased.isEmpty()) {
            key.spares().forEach(spare -> steps.add(deletion(key, spare)));
        }
        return steps;
    }

    private Step deletion(ProjectKey key, KeyMetadata found) {
        return step(
                "AWS::KMS::Key",
                found.keyId(),
                Stage.APPLICATIONS,
                "can be brought back for " + removal.waitingDays() + " days",
                () -> key.delete(List.of(found), removal.waitingDays()));
    }

    private List<StateMachineListItem> machines() {
        List<StateMachineListItem> machines = new ArrayList<>();
        String token = null;
        do {
            String from = token;
            ListStateMachinesResponse page = calls.read(
                    "states:ListStateMachines",
                    () -> site.clients.sfn().listStateMachines(request -> request.nextToken(from)));
            page.stateMachines().stream()
                    .filter(machine -> machine.name().startsWith(site.prefix()))
                    .forEach(machines::add);
            token = page.nextToken();
        } while (token != null);
        return machines;
    }

    private List<ExecutionListItem> running(StateMachineListItem machine) {
        return calls.find(
                        "states:ListExecutions",
                        () -> site.clients
                                .sfn()
                                .listExecutions(request -> request.stateMachineArn(machine.stateMachineArn())
                                        .statusFilter("RUNNING")))
                .map(answer -> answer.executions())
                .orElse(List.of());
    }

    private void removeMachine(StateMachineListItem machine) {
        List<ExecutionListItem> running = running(machine);
        running.forEach(execution -> calls.remove(
                "states:StopExecution",
                () -> site.clients
                        .sfn()
                        .stopExecution(request -> request.executionArn(execution.executionArn())
                                .error("Crois.ProjectRemoved")
                                .cause("Project " + removal.project() + " is removed."))));
        calls.remove(
                "states:DeleteStateMachine",
                () -> site.clients
                        .sfn()
                        .deleteStateMachine(request -> request.stateMachineArn(machine.stateMachineArn())));
    }

    private ListObjectsV2Response objects(String prefix) {
        return calls.read(
                "s3:ListBucket",
                () -> site.clients
                        .s3()
                        .listObjectsV2(request -> request.bucket(
                                        site.platform.settings().bucket())
                                .prefix(prefix)));
    }

    private void deleteObjects(String prefix) {
        List<S3Object> page = objects(prefix).contents();
        while (!page.isEmpty()) {
            List<ObjectIdentifier> ids = page.stream()
                    .map(object -> ObjectIdentifier.builder().key(object.key()).build())
                    .toList();
            DeleteObjectsResponse answer = calls.writeAndGet(
                    "s3:DeleteObject",
                    () -> site.clients
                            .s3()
                            .deleteObjects(request -> request.bucket(
                                            site.platform.settings().bucket())
                                    .delete(Delete.builder()
                                            .objects(ids)
                                            .quiet(true)
                                            .build())));
            refuseLeft(answer.errors(), ids.size());
            page = objects(prefix).contents();
        }
    }

    /** S3 answers 200 when it deletes none of the objects; those that pass are deleted with the next page. */
    private void refuseLeft(List<S3Error> errors, int asked) {
        Optional<S3Error> lasting = errors.stream()
                .filter(error -> !AwsErrors.passes(String.valueOf(error.code())))
                .findFirst();
        lasting.ifPresent(error -> {
            throw new CroisException("S3 deletes " + errors.size() + " of " + asked + " objects under `s3://"
                    + site.platform.settings().bucket() + "/" + site.names.objects() + "` not, the first of them `"
                    + error.key() + "` with `" + error.code()
                    + "`. Allow the provisioner to delete them, also in the bucket's policy, and remove the project"
                    + " again.");
        });
    }

    private List<SecretListEntry> secrets() {
        List<SecretListEntry> secrets = new ArrayList<>();
        @Nullable String token = null;
        do {
            String from = token;
            ListSecretsResponse page = calls.read(
                    "secretsmanager:ListSecrets",
                    () -> site.clients
                            .secretsManager()
                            .listSecrets(request -> request.nextToken(from)
                                    .filters(filter -> filter.key(FilterNameStringType.NAME)
                                            .values(site.names.secrets()))));
            page.secretList().stream()
                    .filter(secret -> secret.name().startsWith(site.names.secrets()))
                    .forEach(secrets::add);
            token = page.nextToken();
        } while (token != null);
        return secrets;
    }

    private void removeSecret(SecretListEntry secret) {
        try {
            calls.remove(
                    "secretsmanager:DeleteSecret",
                    () -> site.clients
                            .secretsManager()
                            .deleteSecret(request ->
                                    request.secretId(secret.arn()).recoveryWindowInDays((long) removal.waitingDays())));
        } catch (InvalidRequestException markedByAnEarlierTry) {
            // It goes as it is.
        }
    }
}

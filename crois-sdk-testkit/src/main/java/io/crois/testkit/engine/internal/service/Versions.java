package io.crois.testkit.engine.internal.service;

import io.crois.testkit.engine.internal.Surroundings;
import io.crois.testkit.engine.internal.service.Arns.MachineArn;
import io.crois.testkit.engine.internal.service.Machine.Alias;
import io.crois.testkit.engine.internal.service.Machine.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.CreateStateMachineAliasRequest;
import software.amazon.awssdk.services.sfn.model.CreateStateMachineAliasResponse;
import software.amazon.awssdk.services.sfn.model.DeleteStateMachineAliasRequest;
import software.amazon.awssdk.services.sfn.model.DeleteStateMachineAliasResponse;
import software.amazon.awssdk.services.sfn.model.DeleteStateMachineVersionRequest;
import software.amazon.awssdk.services.sfn.model.DeleteStateMachineVersionResponse;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineAliasRequest;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineAliasResponse;
import software.amazon.awssdk.services.sfn.model.ListStateMachineAliasesRequest;
import software.amazon.awssdk.services.sfn.model.ListStateMachineAliasesResponse;
import software.amazon.awssdk.services.sfn.model.ListStateMachineVersionsRequest;
import software.amazon.awssdk.services.sfn.model.ListStateMachineVersionsResponse;
import software.amazon.awssdk.services.sfn.model.PublishStateMachineVersionRequest;
import software.amazon.awssdk.services.sfn.model.PublishStateMachineVersionResponse;
import software.amazon.awssdk.services.sfn.model.RoutingConfigurationListItem;
import software.amazon.awssdk.services.sfn.model.StateMachineAliasListItem;
import software.amazon.awssdk.services.sfn.model.StateMachineVersionListItem;
import software.amazon.awssdk.services.sfn.model.UpdateStateMachineAliasRequest;
import software.amazon.awssdk.services.sfn.model.UpdateStateMachineAliasResponse;

/** Versions and aliases of machines. Used on the event loop only. */
final class Versions {

    private final Surroundings surroundings;
    private final Machines machines;

    Versions(Surroundings surroundings, Machines machines) {
        this.surroundings = surroundings;
        this.machines = machines;
    }

    PublishStateMachineVersionResponse publish(PublishStateMachineVersionRequest request) {
        Machine machine = machines.requireUnqualified(request.stateMachineArn());
        Machines.requireKept(machine);
        String revision = machine.current().id();
        if (request.revisionId() != null && !request.revisionId().equals(revision == null ? "INITIAL" : revision)) {
            throw Refusal.conflict("Failed to publish the State Machine version for revision " + request.revisionId()
                    + ". The current State Machine revision is " + revision + ".");
        }
        Version version = machine.publish(request.description(), now());
        return PublishStateMachineVersionResponse.builder()
                .stateMachineVersionArn(version.arn())
                .creationDate(version.creationDate())
                .build();
    }

    ListStateMachineVersionsResponse list(ListStateMachineVersionsRequest request) {
        Machine machine =
                machines.find(Arns.parseMachine(request.stateMachineArn()).machine());
        List<Version> newestFirst = machine == null
                ? new ArrayList<>()
                : new ArrayList<>(machine.versions().values());
        Collections.reverse(newestFirst);
        Page<Version> page = Page.of(newestFirst, request.nextToken(), request.maxResults());
        return ListStateMachineVersionsResponse.builder()
                .stateMachineVersions(page.items().stream()
                        .map(version -> StateMachineVersionListItem.builder()
                                .stateMachineVersionArn(version.arn())
                                .creationDate(version.creationDate())
                                .build())
                        .toList())
                .nextToken(page.next())
                .build();
    }

    DeleteStateMachineVersionResponse delete(DeleteStateMachineVersionRequest request) {
        String arn = request.stateMachineVersionArn();
        MachineArn parsed = Arns.parseMachine(arn);
        Machine machine = machines.find(parsed.machine());
        if (machine != null) {
            List<String> users = machine.aliases().values().stream()
                    .filter(alias -> alias.routes().stream()
                            .anyMatch(route -> route.stateMachineVersionArn().equals(arn)))
                    .map(Alias::name)
                    .toList();
            if (!users.isEmpty()) {
                throw Refusal.conflict(
                        "Version to be deleted must not be referenced by an alias. Current list of aliases "
                                + "referencing this version: " + users);
            }
            machine.versions().values().removeIf(version -> version.arn().equals(arn));
        }
        return DeleteStateMachineVersionResponse.builder().build();
    }

    CreateStateMachineAliasResponse createAlias(CreateStateMachineAliasRequest request) {
        Routes.require(request.routingConfiguration());
        String first = request.routingConfiguration().get(0).stateMachineVersionArn();
        Machine machine = machines.require(Arns.parseMachine(first).machine());
        Machines.requireKept(machine);
        requireVersions(machine, request.routingConfiguration());
        String arn = machine.arn() + ":" + request.name();
        Alias wanted =
                new Alias(request.name(), arn, request.description(), request.routingConfiguration(), now(), null);
        Alias existing = machine.aliases().putIfAbsent(request.name(), wanted);
        if (existing != null && !existing.isLike(wanted)) {
            throw Refusal.conflict("Failed to create alias because an alias with the same name and a different routing "
                    + "configuration already exists.");
        }
        return CreateStateMachineAliasResponse.builder()
                .stateMachineAliasArn(arn)
                .creationDate(existing == null ? wanted.creationDate() : existing.creationDate())
                .build();
    }

    private static void requireVersions(Machine machine, List<RoutingConfigurationListItem> routes) {
        for (RoutingConfigurationListItem route : routes) {
            if (machine.versions().values().stream()
                    .noneMatch(version -> version.arn().equals(route.stateMachineVersionArn()))) {
                throw Refusal.noSuchPart();
            }
        }
    }

    UpdateStateMachineAliasResponse updateAlias(UpdateStateMachineAliasRequest request) {
        Found found = require(request.stateMachineAliasArn());
        Alias old = found.alias();
        if (request.description() == null && !request.hasRoutingConfiguration()) {
            throw Refusal.validation("Either description or routing configuration must be specified");
        }
        if (request.hasRoutingConfiguration()) {
            Routes.require(request.routingConfiguration());
            requireVersions(found.machine(), request.routingConfiguration());
        }
        Alias updated = new Alias(
                old.name(),
                old.arn(),
                request.description() == null ? old.description() : request.description(),
                request.hasRoutingConfiguration() ? request.routingConfiguration() : old.routes(),
                old.creationDate(),
                now());
        found.machine().aliases().put(old.name(), updated);
        return UpdateStateMachineAliasResponse.builder()
                .updateDate(updated.updateDate())
                .build();
    }

    DescribeStateMachineAliasResponse describeAlias(DescribeStateMachineAliasRequest request) {
        Found found = find(request.stateMachineAliasArn());
        if (found == null) {
            throw Refusal.noResource(request.stateMachineAliasArn());
        }
        Alias alias = found.alias();
        return DescribeStateMachineAliasResponse.builder()
                .stateMachineAliasArn(alias.arn())
                .name(alias.name())
                .description(alias.description())
                .routingConfiguration(alias.routes())
                .creationDate(alias.creationDate())
                .updateDate(alias.updateDate())
                .build();
    }

    DeleteStateMachineAliasResponse deleteAlias(DeleteStateMachineAliasRequest request) {
        MachineArn arn = Arns.parseMachine(request.stateMachineAliasArn());
        Machine machine = machines.find(arn.machine());
        if (machine != null && arn.qualifier() != null) {
            machine.aliases().remove(arn.qualifier());
        }
        return DeleteStateMachineAliasResponse.builder().build();
    }

    ListStateMachineAliasesResponse listAliases(ListStateMachineAliasesRequest request) {
        MachineArn arn = Arns.parseMachine(request.stateMachineArn());
        Machine machine = machines.require(arn.machine());
        List<Alias> aliases = machine.aliases().values().stream()
                .filter(alias -> arn.qualifier() == null
                        || alias.routes().stream()
                                .anyMatch(
                                        route -> route.stateMachineVersionArn().equals(request.stateMachineArn())))
                .toList();
        Page<Alias> page = Page.of(aliases, request.nextToken(), request.maxResults());
        return ListStateMachineAliasesResponse.builder()
                .stateMachineAliases(page.items().stream()
                        .map(alias -> StateMachineAliasListItem.builder()
                                .stateMachineAliasArn(alias.arn())
                                .creationDate(alias.creationDate())
                                .build())
                        .toList())
                .nextToken(page.next())
                .build();
    }

    private Found require(@Nullable String aliasArn) {
        Found found = find(aliasArn);
        if (found == null) {
            throw Refusal.noSuchPart();
        }
        return found;
    }

    private @Nullable Found find(@Nullable String aliasArn) {
        MachineArn arn = Arns.parseMachine(aliasArn);
        Machine machine = machines.find(arn.machine());
        Alias alias = machine == null || arn.qualifier() == null
                ? null
                : machine.aliases().get(arn.qualifier());
        return machine == null || alias == null ? null : new Found(machine, alias);
    }

    private Instant now() {
        return surroundings.loop().now();
    }

    /** An alias and its machine. */
    private record Found(Machine machine, Alias alias) {}
}

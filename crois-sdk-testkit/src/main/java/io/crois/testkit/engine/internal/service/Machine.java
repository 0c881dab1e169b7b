package io.crois.testkit.engine.internal.service;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.asl.StateMachine;
import io.crois.testkit.engine.internal.MachinePlan;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.CreateStateMachineRequest;
import software.amazon.awssdk.services.sfn.model.EncryptionConfiguration;
import software.amazon.awssdk.services.sfn.model.LoggingConfiguration;
import software.amazon.awssdk.services.sfn.model.RoutingConfigurationListItem;
import software.amazon.awssdk.services.sfn.model.StateMachineType;
import software.amazon.awssdk.services.sfn.model.TracingConfiguration;

/** A machine with its versions and aliases. Used on the event loop only. */
final class Machine {

    private final String name;
    private final String arn;
    private final StateMachineType type;
    private final Instant creationDate;
    private final Map<Integer, Version> versions = new TreeMap<>();
    private final Map<String, Alias> aliases = new TreeMap<>();
    private final Map<String, String> tags = new LinkedHashMap<>();
    private Revision current;
    private int lastVersion;
    private boolean isDeleting;

    Machine(String arn, CreateStateMachineRequest request, Revision current, Instant creationDate) {
        this.name = request.name();
        this.arn = arn;
        this.type = request.type() == null ? StateMachineType.STANDARD : request.type();
        this.current = current;
        this.creationDate = creationDate;
        tags.putAll(Tags.of(request.tags()));
    }

    String name() {
        return name;
    }

    String arn() {
        return arn;
    }

    StateMachineType type() {
        return type;
    }

    Instant creationDate() {
        return creationDate;
    }

    Revision current() {
        return current;
    }

    void update(Revision revision) {
        current = revision;
    }

    boolean isDeleting() {
        return isDeleting;
    }

    void delete() {
        isDeleting = true;
    }

    Map<Integer, Version> versions() {
        return versions;
    }

    /** Returns the oldest version that there is, {@code null} when there is none. */
    @Nullable
    Version firstVersion() {
        return versions.isEmpty() ? null : versions.values().iterator().next();
    }

    Map<String, Alias> aliases() {
        return aliases;
    }

    Map<String, String> tags() {
        return tags;
    }

    /** Returns the version of the present revision, made if there is none. */
    Version publish(@Nullable String description, Instant now) {
        for (Version version : versions.values()) {
            if (version.revision().equals(current)) {
                return version;
            }
        }
        int number = ++lastVersion;
        Version version = new Version(number, arn + ":" + number, current, description, now);
        versions.put(number, version);
        return version;
    }

    /** A definition with what belongs to it; a new one is made by each update. */
    record Revision(
            @Nullable String id,
            String definition,
            StateMachine machine,
            MachinePlan plan,
            String roleArn,
            LoggingConfiguration logging,
            TracingConfiguration tracing,
            @Nullable EncryptionConfiguration encryption,
            Instant date) {

        /** Returns what the executions of a distributed Map run: its processor, as a machine in the same language. */
        Revision of(StateMachine processor) {
            ObjectNode json = (ObjectNode) processor.toJsonNode();
            json.remove("ProcessorConfig");
            machine.queryLanguage().ifPresent(language -> json.put("QueryLanguage", language.text()));
            StateMachine alone = StateMachine.parse(json);
            return new Revision(id, alone.toJson(), alone, plan, roleArn, logging, tracing, encryption, date);
        }

        /** Returns whether an update to another revision would change anything. */
        boolean isSameAs(Revision other) {
            return definition.equals(other.definition)
                    && roleArn.equals(other.roleArn)
                    && logging.equals(other.logging)
                    && tracing.equals(other.tracing)
                    && Objects.equals(encryption, other.encryption);
        }
    }

    /** A revision that stays. */
    record Version(
            int number,
            String arn,
            Revision revision,
            @Nullable String description,
            Instant creationDate) {}

    /** A name for one or two versions. */
    record Alias(
            String name,
            String arn,
            @Nullable String description,
            List<RoutingConfigurationListItem> routes,
            Instant creationDate,
            @Nullable Instant updateDate) {

        /** Returns whether a request to create another of this name would make the same. */
        boolean isLike(Alias other) {
            return routes.equals(other.routes) && Objects.equals(description, other.description);
        }
    }
}

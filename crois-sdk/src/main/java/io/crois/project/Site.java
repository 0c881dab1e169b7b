package io.crois.project;

import io.crois.contract.ProjectNames;
import io.crois.workflow.CroisException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One project while it is worked on: what it shall be, and what is known of it so far. Used by several threads. */
final class Site {
    final ProjectClients clients;
    final Calls calls;
    final ProjectPlatform platform;
    final ProjectDefinition project;
    final ProjectNames names;
    final ProjectPolicies policies;
    private volatile @Nullable String keyArn;

    Site(ProjectClients clients, Calls calls, ProjectPlatform platform, ProjectDefinition project) {
        this.clients = clients;
        this.calls = calls;
        this.platform = platform;
        this.project = project;
        this.names = project.names();
        this.policies = ProjectPolicies.of(platform, project);
    }

    /** Returns what the names of the project's state machines and container definitions begin with. */
    String prefix() {
        return platform.settings().prefix() + names.prefix() + "-";
    }

    void keyIs(String arn) {
        keyArn = arn;
    }

    boolean hasKey() {
        return keyArn != null;
    }

    /** Returns the ARN of the project's key, which is there by now. */
    String keyArn() {
        String arn = keyArn;
        if (arn == null) {
            throw new IllegalStateException("The key of project `" + project.name()
                    + "` is not known yet. This is a bug in Crois, please report it.");
        }
        return arn;
    }

    /** Returns the tags of everything of the project. */
    Map<String, String> tags() {
        Map<String, String> tags = new TreeMap<>(project.tags());
        tags.put(AccountPolicies.PROJECT_TAG, project.name());
        tags.put(AccountPolicies.HOME_TAG, platform.home());
        tags.put("crois:title", project.title());
        return tags;
    }

    /** Returns the tags of a role, the key's ARN included as soon as it is known. */
    Map<String, String> roleTags() {
        Map<String, String> tags = new TreeMap<>(tags());
        String arn = keyArn;
        if (arn != null) {
            tags.put(AccountPolicies.KEY_TAG, arn);
        }
        return tags;
    }

    /** Returns the tags that are missing or have another value. */
    static Map<String, String> missing(Map<String, String> wanted, Map<String, String> found) {
        Map<String, String> missing = new HashMap<>(wanted);
        missing.entrySet().removeAll(found.entrySet());
        return new TreeMap<>(missing);
    }

    /** Returns whether something with these tags belongs to the project of this platform. */
    boolean owns(Map<String, String> tags) {
        return project.name().equals(tags.get(AccountPolicies.PROJECT_TAG))
                && platform.home().equals(tags.get(AccountPolicies.HOME_TAG));
    }

    /** Refuses something that belongs to another project or to another platform. */
    void refuseForeign(String what, Map<String, String> tags) {
        String owner = tags.get(AccountPolicies.PROJECT_TAG);
        if (owner == null && project.adopting()) {
            return;
        }
        if (owner == null) {
            throw new CroisException(what + " is there already and has no tag `" + AccountPolicies.PROJECT_TAG
                    + "`, so that somebody else made it. Delete it, or take it over with"
                    + " ProjectDefinition.named(\"" + project.name() + "\").adopting(true).");
        }
        if (!owns(tags)) {
            throw new CroisException(what + " belongs to project `" + owner + "` of `"
                    + tags.getOrDefault(AccountPolicies.HOME_TAG, "another platform") + "`, not to project `"
                    + project.name() + "` of `" + platform.home() + "`. Choose another name for the project.");
        }
    }
}

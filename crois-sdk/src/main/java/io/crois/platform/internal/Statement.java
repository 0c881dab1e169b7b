package io.crois.platform.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One statement of an IAM policy, as it stands in the template. Immutable. */
public final class Statement {
    private final Map<String, Object> members;

    private Statement(Map<String, Object> members) {
        this.members = members;
    }

    /** Returns a statement that allows actions. */
    public static Statement allow(String sid, String... actions) {
        return new Statement(Cfn.object("Sid", sid, "Effect", "Allow", "Action", List.of(actions)));
    }

    /** Returns a statement that denies actions. */
    public static Statement deny(String sid, String... actions) {
        return new Statement(Cfn.object("Sid", sid, "Effect", "Deny", "Action", List.of(actions)));
    }

    /** Sets what it is about: ARNs, as texts or intrinsic functions. */
    public Statement on(Object... resources) {
        return with("Resource", List.of(resources));
    }

    /** Sets whom it is about, in the policy of a resource. */
    public Statement principal(Object principal) {
        return with("Principal", principal);
    }

    /** Adds a condition. */
    public Statement when(String operator, String key, Object value) {
        Map<String, Object> conditions = new LinkedHashMap<>();
        if (members.get("Condition") instanceof Map<?, ?> known) {
            known.forEach((name, keys) -> conditions.put((String) name, keys));
        }
        Map<String, Object> keys = new LinkedHashMap<>();
        if (conditions.get(operator) instanceof Map<?, ?> known) {
            known.forEach((name, wanted) -> keys.put((String) name, wanted));
        }
        keys.put(key, value);
        conditions.put(operator, keys);
        return with("Condition", conditions);
    }

    /** Returns the statement as it stands in a policy. */
    public Map<String, Object> toTree() {
        return members;
    }

    /** Returns a policy of statements. */
    public static Map<String, Object> policy(List<Statement> statements) {
        return Cfn.object(
                "Version",
                "2012-10-17",
                "Statement",
                statements.stream().map(Statement::toTree).toList());
    }

    private Statement with(String name, Object value) {
        Map<String, Object> changed = new LinkedHashMap<>(members);
        changed.put(name, value);
        return new Statement(changed);
    }
}

package io.crois.testkit.policy;

import java.util.Optional;

/** Who makes a request. */
public sealed interface Principal {

    /** Returns how messages name it: an ARN, the name of a service, or {@code anonymous}. */
    String arn();

    /** Returns its account; services and anonymous requests have none. */
    Optional<String> account();

    /**
     * Returns a session of a role.
     *
     * @param roleArn the role's ARN with its path, {@code arn:aws:iam::111122223333:role/crois/demo-task}
     * @param name the session's name
     */
    static Principal session(String roleArn, String name) {
        return new RoleSession(roleArn, name);
    }

    /** Returns a user, named by its ARN with its path. */
    static Principal user(String arn) {
        return new User(arn);
    }

    /** Returns the root user of an account, named by the account's 12 digits. */
    static Principal root(String account) {
        return new AccountRoot(account);
    }

    /** Returns a service that calls for itself, such as {@code events.amazonaws.com}. */
    static Principal service(String name) {
        return new Service(name);
    }

    /** Returns somebody who did not sign the request. */
    static Principal anonymous() {
        return new Anonymous();
    }

    /** A session of a role. */
    record RoleSession(String roleArn, String name) implements Principal {

        /** Refuses what is not the ARN of a role. */
        public RoleSession {
            requireIam(roleArn, "role/");
        }

        @Override
        public String arn() {
            String[] parts = roleArn.split(":", 6);
            String role = parts[5].substring(parts[5].lastIndexOf('/') + 1);
            return "arn:" + parts[1] + ":sts::" + parts[4] + ":assumed-role/" + role + "/" + name;
        }

        @Override
        public Optional<String> account() {
            return Optional.of(roleArn.split(":", 6)[4]);
        }
    }

    /** A user. */
    record User(String arn) implements Principal {

        /** Refuses what is not the ARN of a user. */
        public User {
            requireIam(arn, "user/");
        }

        @Override
        public Optional<String> account() {
            return Optional.of(arn.split(":", 6)[4]);
        }
    }

    /** The root user of an account. */
    record AccountRoot(String id) implements Principal {

        @Override
        public String arn() {
            return "arn:aws:iam::" + id + ":root";
        }

        @Override
        public Optional<String> account() {
            return Optional.of(id);
        }
    }

    /** A service of AWS that calls for itself and not for somebody. */
    record Service(String arn) implements Principal {

        @Override
        public Optional<String> account() {
            return Optional.empty();
        }
    }

    /** Somebody who did not sign the request. */
    record Anonymous() implements Principal {

        @Override
        public String arn() {
            return "anonymous";
        }

        @Override
        public Optional<String> account() {
            return Optional.empty();
        }
    }

    private static void requireIam(String arn, String resource) {
        String[] parts = arn.split(":", 6);
        boolean valid = parts.length == 6
                && parts[0].equals("arn")
                && parts[2].equals("iam")
                && parts[4].matches("\\d{12}")
                && parts[5].startsWith(resource);
        if (!valid) {
            throw new IllegalArgumentException("The ARN of a principal must look like `arn:aws:iam::111122223333:"
                    + resource + "name`, but was `" + arn + "`.");
        }
    }
}

package io.crois.project;

import io.crois.contract.ProjectNames;
import io.crois.workflow.CroisException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A project as it shall be. Immutable.
 *
 * @param name its identity, which never changes: a letter and up to 63 letters, digits, {@code _} or {@code -}
 * @param title what a person reads; may change at any time
 * @param applications the ARNs of the roles that may deploy, submit and read results, in the same account
 * @param tags put on everything of the project beside {@code crois:project}, for the bill
 * @param rotationDays how often the key's material is renewed, 90 to 2,560 days
 * @param adopting whether roles of the project's names that are there already, without its tag, become the project's
 */
public record ProjectDefinition(
        String name,
        String title,
        List<String> applications,
        Map<String, String> tags,
        int rotationDays,
        boolean adopting) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");
    private static final Pattern ROLE = Pattern.compile("arn:aws[a-z-]*:iam::\\d{12}:role/[!-~]+");
    private static final Pattern TAG = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");
    private static final int LONGEST_KEY = 128;
    private static final int LONGEST_VALUE = 256;
    private static final int MOST_TAGS = 40;
    private static final int MOST_APPLICATIONS = 20;
    private static final int SHORTEST_ROTATION = 90;
    private static final int LONGEST_ROTATION = 2_560;
    private static final int DEFAULT_ROTATION = 365;

    /** Checks everything at once. */
    public ProjectDefinition {
        applications = applications.stream().distinct().sorted().toList();
        tags = Collections.unmodifiableMap(new TreeMap<>(tags));
        List<String> problems = new ArrayList<>();
        if (!NAME.matcher(name).matches()) {
            problems.add(
                    "name: must be a letter followed by up to 63 letters, digits, `_` or `-`, but was `" + name + "`.");
        }
        checkText("title", title, problems);
        if (applications.size() > MOST_APPLICATIONS) {
            problems.add("applications: at most " + MOST_APPLICATIONS + " can be admitted, but there are "
                    + applications.size() + ". Let several applications share a role.");
        }
        applications.forEach(arn -> checkApplication(arn, problems));
        if (tags.size() > MOST_TAGS) {
            problems.add("tags: at most " + MOST_TAGS + ", but there are " + tags.size() + ".");
        }
        tags.forEach((key, value) -> checkTag(key, value, problems));
        if (rotationDays < SHORTEST_ROTATION || rotationDays > LONGEST_ROTATION) {
            problems.add("rotationDays: must be between " + SHORTEST_ROTATION + " and " + LONGEST_ROTATION
                    + ", but was " + rotationDays + ".");
        }
        Problems.refuse("Project `" + name + "`", problems);
    }

    private static void checkApplication(String arn, List<String> problems) {
        if (!ROLE.matcher(arn).matches()) {
            problems.add(
                    "application: must be the ARN of a role such as `arn:aws:iam::111122223333:role/crafto`, but was `"
                            + arn + "`.");
        }
    }

    private static void checkTag(String key, String value, List<String> problems) {
        String place = "tag `" + key + "`";
        if (key.isEmpty() || key.length() > LONGEST_KEY || !TAG.matcher(key).matches()) {
            problems.add(place + ": the key must have 1 to 128 letters, digits, spaces or `_.:/=+-@`.");
        }
        if (key.startsWith("crois:") || key.toLowerCase(Locale.ROOT).startsWith("aws:")) {
            problems.add(place + ": keys that begin with `crois:` or `aws:` are not the author's. Choose another.");
        }
        checkText(place, value, problems);
    }

    private static void checkText(String place, String value, List<String> problems) {
        if (value.length() > LONGEST_VALUE || !TAG.matcher(value).matches()) {
            problems.add(place + ": must have at most 256 letters, digits, spaces or `_.:/=+-@`.");
        }
    }

    /** Returns a builder of a project without applications whose key is renewed once a year. */
    public static Builder named(String name) {
        return new Builder(name);
    }

    /** Returns what the project's things are called. */
    public ProjectNames names() {
        return new ProjectNames(name);
    }

    /** Collects what a project shall be. Not safe for use by several threads. */
    public static final class Builder {
        private final String name;
        private String title;
        private final List<String> applications = new ArrayList<>();
        private final Map<String, String> tags = new TreeMap<>();
        private int rotationDays = DEFAULT_ROTATION;
        private boolean adopting;

        private Builder(String name) {
            this.name = name;
            this.title = name;
        }

        /** Sets what a person reads; default the name. */
        public Builder title(String text) {
            title = text;
            return this;
        }

        /** Appends the ARN of a role that may deploy, submit and read results. */
        public Builder addApplication(String roleArn) {
            applications.add(roleArn);
            return this;
        }

        /** Sets a tag on everything of the project. */
        public Builder tag(String key, String value) {
            tags.put(key, value);
            return this;
        }

        /** Sets how often the key's material is renewed, 90 to 2,560 days; default 365. */
        public Builder rotationDays(int days) {
            rotationDays = days;
            return this;
        }

        /** Takes roles of the project's names over that somebody else made; by default they are refused. */
        public Builder adopting(boolean adopt) {
            adopting = adopt;
            return this;
        }

        /**
         * Returns the definition.
         *
         * @throws CroisException with everything that is wrong
         */
        public ProjectDefinition build() {
            return new ProjectDefinition(name, title, applications, tags, rotationDays, adopting);
        }
    }
}

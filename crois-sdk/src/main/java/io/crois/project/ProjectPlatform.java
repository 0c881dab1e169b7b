package io.crois.project;

import io.crois.compile.PlatformNames;
import io.crois.contract.PlatformSettings;
import io.crois.contract.ProjectNames;
import io.crois.workflow.CroisException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The account in which projects are made, and who does what in it. Immutable.
 *
 * @param partition {@code aws}, {@code aws-cn} or {@code aws-us-gov}
 * @param account 12 digits
 * @param settings table, bucket, cluster and queues
 * @param functions what the platform's functions are called
 * @param agentImage the image that brings the agent into a task on Fargate
 * @param executionRole the ARN of the role with which ECS and Batch pull images and write logs
 * @param controlPlane the ARN of the role that may write secrets and seal arguments, but read neither
 * @param keyAdministrators the ARNs of the roles that manage keys and cannot use them: the provisioner's own, and one
 *     that is kept for emergencies; without any of them a key's policy can never be changed again
 * @param alarmTarget the ARN of what is told when somebody changes a key or a role, such as a function or a queue;
 *     {@code null} leaves the rule without a target
 */
public record ProjectPlatform(
        String partition,
        String region,
        String account,
        PlatformSettings settings,
        PlatformNames functions,
        String agentImage,
        String executionRole,
        String controlPlane,
        List<String> keyAdministrators,
        @Nullable String alarmTarget) {

    private static final Pattern PRINCIPAL = Pattern.compile("arn:aws[a-z-]*:iam::\\d{12}:(role|user)/[!-~]+");

    /** Checks everything at once. */
    public ProjectPlatform {
        keyAdministrators = keyAdministrators.stream().distinct().sorted().toList();
        List<String> problems = new ArrayList<>();
        if (!partition.matches("aws(-[a-z]+)*")) {
            problems.add("partition: must be `aws`, `aws-cn` or `aws-us-gov`, but was `" + partition + "`.");
        }
        if (!region.matches("[a-z]{2}(-[a-z]+)+-\\d")) {
            problems.add("region: must be the name of a Region such as `eu-west-1`, but was `" + region + "`.");
        }
        if (!account.matches("\\d{12}")) {
            problems.add("account: must be 12 digits, but was `" + account + "`.");
        }
        principal("executionRole", executionRole).ifPresent(problems::add);
        principal("controlPlane", controlPlane).ifPresent(problems::add);
        keyAdministrators.forEach(arn -> principal("keyAdministrator", arn).ifPresent(problems::add));
        if (keyAdministrators.isEmpty()) {
            problems.add("keyAdministrator: there is none, so that nobody could change a key's policy. Add the role of"
                    + " the provisioner and one for emergencies.");
        }
        Problems.refuse("The platform", problems);
    }

    /** Says what is wrong with the ARN of a role or user. */
    static Optional<String> principal(String place, String arn) {
        return PRINCIPAL.matcher(arn).matches()
                ? Optional.empty()
                : Optional.of(place + ": must be the ARN of a role or user such as"
                        + " `arn:aws:iam::111122223333:role/builder`, but was `" + arn + "`.");
    }

    /** Returns a builder; partition {@code aws}, settings and functions have their defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns what tells this platform from another one in the same account. */
    String home() {
        return region + "/" + settings.table();
    }

    /** Returns an ARN of this account and Region: {@code arn:aws:<service>:<region>:<account>:<resource>}. */
    String arn(String service, String resource) {
        return "arn:" + partition + ":" + service + ":" + region + ":" + account + ":" + resource;
    }

    /** Returns an ARN of IAM in this account. */
    String iamArn(String resource) {
        return "arn:" + partition + ":iam::" + account + ":" + resource;
    }

    String roleArn(String name) {
        return iamArn("role" + ProjectNames.PATH + name);
    }

    String policyArn(String name) {
        return iamArn("policy" + ProjectNames.PATH + name);
    }

    /** Returns the ARN of the bucket, or of what a pattern names in it. */
    String bucketArn(String suffix) {
        return "arn:" + partition + ":s3:::" + settings.bucket() + suffix;
    }

    /** Returns the ARN of a function that is named by its name, a partial or a whole ARN. */
    String functionArn(String function) {
        int name = function.lastIndexOf("function:");
        return function.startsWith("arn:")
                ? function
                : arn("lambda", "function:" + (name < 0 ? function : function.substring(name + "function:".length())));
    }

    /** Returns the value of {@code kms:ViaService} for a service; its suffix is the same in every partition. */
    String via(String service) {
        return service + "." + region + ".amazonaws.com";
    }

    /** Collects what there is to say of an account. Not safe for use by several threads. */
    public static final class Builder {
        private String partition = "aws";
        private String region = "";
        private String account = "";
        private PlatformSettings settings = PlatformSettings.defaults();
        private PlatformNames functions = PlatformNames.defaults();
        private String agentImage = "crois/agent:1";
        private String executionRole = "";
        private String controlPlane = "";
        private final List<String> keyAdministrators = new ArrayList<>();
        private @Nullable String alarmTarget;

        private Builder() {}

        /** Sets the partition; default {@code aws}. */
        public Builder partition(String name) {
            partition = name;
            return this;
        }

        /** Sets the Region; required. */
        public Builder region(String name) {
            region = name;
            return this;
        }

        /** Sets the account, 12 digits; required. */
        public Builder account(String id) {
            account = id;
            return this;
        }

        /** Sets table, bucket, cluster and queues; default {@link PlatformSettings#defaults()}. */
        public Builder settings(PlatformSettings platformSettings) {
            settings = platformSettings;
            return this;
        }

        /** Sets what the functions are called; default {@link PlatformNames#defaults()}. */
        public Builder functions(PlatformNames names) {
            functions = names;
            return this;
        }

        /** Sets the image that brings the agent into a task on Fargate; default {@code crois/agent:1}. */
        public Builder agentImage(String image) {
            agentImage = image;
            return this;
        }

        /** Sets the ARN of the role that pulls images and writes logs; required. */
        public Builder executionRole(String arn) {
            executionRole = arn;
            return this;
        }

        /** Sets the ARN of the role that writes secrets and seals arguments; required. */
        public Builder controlPlane(String arn) {
            controlPlane = arn;
            return this;
        }

        /** Appends the ARN of a role that manages keys; at least one is required. */
        public Builder addKeyAdministrator(String arn) {
            keyAdministrators.add(arn);
            return this;
        }

        /** Sets the ARN of what is told when somebody changes a key or a role; default nothing is told. */
        public Builder alarmTarget(String arn) {
            alarmTarget = arn;
            return this;
        }

        /**
         * Returns the platform.
         *
         * @throws CroisException with everything that is missing or wrong
         */
        public ProjectPlatform build() {
            return new ProjectPlatform(
                    partition,
                    region,
                    account,
                    settings,
                    functions,
                    agentImage,
                    executionRole,
                    controlPlane,
                    keyAdministrators,
                    alarmTarget);
        }
    }
}

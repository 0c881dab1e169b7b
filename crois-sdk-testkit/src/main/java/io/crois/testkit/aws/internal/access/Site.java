package io.crois.testkit.aws.internal.access;

/** Where the account is. */
public record Site(String region, String account) {

    /** Returns the ARN of a thing in the Region. */
    String arn(String service, String resource) {
        return "arn:aws:" + service + ":" + region + ":" + account + ":" + resource;
    }

    String role(String path) {
        return "arn:aws:iam::" + account + ":" + path;
    }

    /** Returns a name as it is if it is an ARN, or else the ARN that it stands for. */
    String arnOf(String service, String prefix, String name) {
        return name.startsWith("arn:") ? name : arn(service, prefix + name);
    }

    String via(String service) {
        return service + "." + region + ".amazonaws.com";
    }
}

package io.crois.testkit.aws.internal.batch;

/** Makes the ARNs of one region and account. */
record BatchArns(String region, String account) {

    String definition(String name, int revision) {
        return prefix("batch") + "job-definition/" + name + ":" + revision;
    }

    String queue(String name) {
        return prefix("batch") + "job-queue/" + name;
    }

    String job(String id) {
        return prefix("batch") + "job/" + id;
    }

    String task(String id) {
        return prefix("ecs") + "task/AWSBatch/" + id;
    }

    private String prefix(String service) {
        return "arn:aws:" + service + ":" + region + ":" + account + ":";
    }

    /** Returns what stands behind the last slash of an ARN; a name as it is. */
    static String last(String arn) {
        return arn.substring(arn.lastIndexOf('/') + 1);
    }
}

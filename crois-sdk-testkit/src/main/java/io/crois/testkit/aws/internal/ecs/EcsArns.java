package io.crois.testkit.aws.internal.ecs;

import java.util.HexFormat;
import java.util.Random;

/** Makes the ARNs of one region and account. */
final class EcsArns {

    private static final int ID_BYTES = 16;

    private final String prefix;
    private final Random random;

    /**
     * Creates a maker of ARNs.
     *
     * @param random decides the ids of tasks and containers
     */
    EcsArns(String region, String account, Random random) {
        this.prefix = "arn:aws:ecs:" + region + ":" + account + ":";
        this.random = random;
    }

    String cluster(String name) {
        return prefix + "cluster/" + name;
    }

    String definition(String family, int revision) {
        return prefix + "task-definition/" + family + ":" + revision;
    }

    String newTask(String cluster) {
        return task(cluster, id());
    }

    String task(String cluster, String id) {
        return prefix + "task/" + cluster + "/" + id;
    }

    String newContainer(String cluster, String taskId) {
        return prefix + "container/" + cluster + "/" + taskId + "/" + id();
    }

    private String id() {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Returns what stands behind the last slash of an ARN; a name as it is. */
    static String last(String arn) {
        return arn.substring(arn.lastIndexOf('/') + 1);
    }
}

package io.crois.platform;

import io.crois.contract.ProbeRequest;
import io.crois.workflow.Artifact;
import io.crois.workflow.Backend;
import io.crois.workflow.Resources;
import io.crois.workflow.Result;
import io.crois.workflow.Size;
import io.crois.workflow.Workflow;
import java.time.Duration;
import java.util.List;

/**
 * The workflows of the health probe: on each back end one step that writes one artifact and one result. The platform
 * starts what is deployed of them in the project that its parameter {@code ProbeProject} names.
 *
 * <pre>{@code
 * HealthProbe.of("public.ecr.aws/docker/library/busybox:1.37").workflows().forEach(crois::deploy);
 * }</pre>
 *
 * <p>Immutable.
 */
public final class HealthProbe {
    private static final Duration LONGEST_QUEUE = Duration.ofMinutes(8);
    private static final Duration LONGEST_RUN = Duration.ofMinutes(2);

    /** It runs for a while, so that the event of its start comes before its end if events come in time. */
    private static final String SCRIPT =
            "sleep 20; echo whole > \"$CROIS_OUTPUTS/%s\" && echo '{\"%s\": \"whole\"}' > \"$CROIS_RESULTS\""
                    .formatted(ProbeRequest.ARTIFACT, ProbeRequest.RESULT);

    private final String image;

    private HealthProbe(String image) {
        this.image = image;
    }

    /**
     * Returns the probe that runs in an image.
     *
     * @param image any with {@code /bin/sh} and {@code sleep} that the platform's containers can pull
     */
    public static HealthProbe of(String image) {
        return new HealthProbe(image);
    }

    /** Returns the workflow for AWS Fargate and that for AWS Batch; both are to be deployed. */
    public List<Workflow> workflows() {
        return List.of(workflow(Backend.FARGATE), workflow(Backend.BATCH));
    }

    /**
     * An attempt waits at most 8 minutes for its machine and runs for at most 2, so that it has ended within the 12
     * minutes that the probe gives it.
     */
    private Workflow workflow(Backend backend) {
        return Workflow.builder()
                .name(ProbeRequest.workflow(backend))
                .step(
                        ProbeRequest.STEP,
                        s -> s.image(image)
                                .command("/bin/sh", "-c", SCRIPT)
                                .backend(backend)
                                .resources(Resources.cpu(0.25).memory(Size.mib(512)))
                                .queueBudget(LONGEST_QUEUE)
                                .runBudget(LONGEST_RUN)
                                .produces(Artifact.file(ProbeRequest.ARTIFACT))
                                .reports(Result.text(ProbeRequest.RESULT)))
                .build();
    }
}

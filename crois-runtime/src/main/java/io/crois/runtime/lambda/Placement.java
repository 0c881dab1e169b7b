package io.crois.runtime.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.contract.DeployedStep;
import io.crois.contract.Machine;
import io.crois.contract.OrderLocation;
import io.crois.contract.PlatformSettings;
import io.crois.contract.StepDecision.Terms;
import io.crois.contract.SubmitTerms;
import io.crois.wire.Records;
import io.crois.workflow.Backend;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the arguments with which Step Functions starts one attempt of a step on either back end. */
final class Placement {
    private static final int DEFAULT_DISK_GIB = 20;
    private static final int SMALLEST_EXTRA_DISK_GIB = 21;
    private static final int JOB_NAME_LENGTH = 128;
    /** All overrides of a task together, in characters with their JSON. */
    private static final int MOST_OVERRIDES = 8_192;
    /** The payload of a job, 30 KiB; what stands in it is ASCII. */
    private static final int MOST_JOB = 30 * 1_024;

    private final PlatformSettings settings;

    Placement(PlatformSettings settings) {
        this.settings = settings;
    }

    /** Returns the back end that the author fixed, or the one that offers the machine. */
    static Backend backend(DeployedStep step, Machine machine) {
        Backend fixed = step.spec().backend();
        if (fixed != Backend.AUTO) {
            return fixed;
        }
        return machine.fitsFargate() ? Backend.FARGATE : Backend.BATCH;
    }

    /** Returns the arguments of {@code ecs:runTask}. Spot capacity is asked for until it fails. */
    JsonNode fargate(DeployedStep step, Machine machine, OrderLocation order, Terms terms) {
        FargateSize size = FargateSize.atLeast(machine);
        Map<String, Object> overrides = new LinkedHashMap<>();
        overrides.put("Cpu", Integer.toString(size.cpuUnits()));
        overrides.put("Memory", Long.toString(size.memoryMib()));
        if (machine.diskGib() > DEFAULT_DISK_GIB) {
            int disk = Math.max(machine.diskGib(), SMALLEST_EXTRA_DISK_GIB);
            overrides.put("EphemeralStorage", Map.of("SizeInGiB", disk));
        }
        overrides.put("ContainerOverrides", List.of(Map.of("Name", "main", "Environment", environment(order))));
        Map<String, Object> task = new LinkedHashMap<>();
        task.put("Cluster", settings.cluster());
        task.put("TaskDefinition", deployed(step.taskDefinition(), step, "task definition"));
        task.put("CapacityProviderStrategy", List.of(Map.of("CapacityProvider", provider(step, terms), "Weight", 1)));
        task.put("NetworkConfiguration", Map.of("AwsvpcConfiguration", network()));
        task.put("PropagateTags", "TASK_DEFINITION");
        task.put("Overrides", within(overrides, MOST_OVERRIDES, step, "overrides of RunTask"));
        return Records.tree(task);
    }

    /** Returns the arguments of {@code batch:submitJob}. Spot capacity is asked for until it fails. */
    JsonNode batch(
            DeployedStep step,
            Machine machine,
            OrderLocation order,
            int attempt,
            Terms terms,
            String execution,
            SubmitTerms submitted) {
        List<Map<String, String>> requirements = new ArrayList<>();
        requirements.add(requirement("VCPU", (long) Math.ceil(machine.cpu())));
        requirements.add(requirement("MEMORY", machine.memoryMib()));
        if (machine.gpu() > 0) {
            requirements.add(requirement("GPU", machine.gpu()));
        }
        Map<String, Object> job = new LinkedHashMap<>();
        job.put("JobName", jobName(execution, step.spec().step(), attempt));
        job.put("JobQueue", useSpot(step, terms) ? settings.spotQueue() : settings.onDemandQueue());
        job.put("JobDefinition", deployed(step.jobDefinition(), step, "job definition"));
        job.put("ContainerOverrides", Map.of("Environment", environment(order), "ResourceRequirements", requirements));
        if (submitted.share() != null) {
            job.put("ShareIdentifier", submitted.share());
        }
        if (submitted.priority() != null) {
            job.put("SchedulingPriorityOverride", submitted.priority());
        }
        return Records.tree(within(job, MOST_JOB, step, "job of SubmitJob"));
    }

    /** What grows with the data never passes here; only the names round a step can make its order's location long. */
    private static Map<String, Object> within(Map<String, Object> arguments, int most, DeployedStep step, String what) {
        int length = Records.write(arguments).length();
        if (length > most) {
            throw new WrongValue("The " + what + " for step `" + step.spec().step() + "` is " + length
                    + " characters long, but AWS takes at most " + most
                    + ". Shorten the names of the execution, the step, or the forEach blocks round it.");
        }
        return arguments;
    }

    private Map<String, Object> network() {
        return Map.of(
                "Subnets", settings.subnets(),
                "SecurityGroups", settings.securityGroups(),
                "AssignPublicIp", "DISABLED");
    }

    private static String provider(DeployedStep step, Terms terms) {
        return useSpot(step, terms) ? "FARGATE_SPOT" : "FARGATE";
    }

    private static boolean useSpot(DeployedStep step, Terms terms) {
        return step.spec().spot() && !terms.onDemand();
    }

    private static List<Map<String, String>> environment(OrderLocation order) {
        return List.of(Map.of("Name", OrderLocation.VARIABLE, "Value", order.text()));
    }

    private static Map<String, String> requirement(String type, long value) {
        return Map.of("Type", type, "Value", Long.toString(value));
    }

    static String jobName(String execution, String step, int attempt) {
        String end = "-" + step + "-" + attempt;
        String start = execution.replaceAll("[^A-Za-z0-9_-]", "-");
        if (!start.matches("[A-Za-z0-9].*")) {
            start = "x" + start;
        }
        return start.substring(0, Math.min(start.length(), JOB_NAME_LENGTH - end.length())) + end;
    }

    private static String deployed(@Nullable String arn, DeployedStep step, String what) {
        if (arn == null) {
            throw new NotDeployed("Step `" + step.spec().step() + "` has no " + what + ". Deploy its workflow again.");
        }
        return arn;
    }
}

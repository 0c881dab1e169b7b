package io.crois.platform.internal;

/** What those who use the platform must know of it. */
public final class OutputsSection {
    private OutputsSection() {}

    /** Adds the outputs. */
    public static void addTo(Template template) {
        template.output("Table", "The table of executions, steps and events", Cfn.ref("Table"));
        template.output("Bucket", "The bucket of artifacts", Cfn.ref("Bucket"));
        template.output("Cluster", "The ECS cluster", Cfn.ref("Cluster"));
        template.output("Subnets", "Where containers run", Cfn.ref("Subnets"));
        template.output("SecurityGroups", "What containers may reach", Cfn.ref("SecurityGroups"));
        template.output("OnDemandQueue", "The Batch job queue for on-demand machines", Cfn.ref("OnDemandQueue"));
        template.output("SpotQueue", "The Batch job queue for Spot machines", Cfn.ref("SpotQueue"));
        template.output("ExecutionRole", "The role with which containers are started", Cfn.arn("ExecutionRole"));
        template.output("Prepare", "The function that prepares a step", FunctionsSection.callable("Prepare"));
        template.output("Store", "The function that stores what a step made", FunctionsSection.callable("Store"));
        template.output(
                "Route", "The function that decides what follows a failure", FunctionsSection.callable("Route"));
        template.output("DeadEvents", "The queue of events that were not taken", Cfn.ref("DeadEvents"));
    }
}

package io.crois.project;

import io.crois.project.PlannedChange.Action;
import io.crois.project.Step.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.batch.BatchClient;
import software.amazon.awssdk.services.batch.model.DescribeJobDefinitionsResponse;
import software.amazon.awssdk.services.batch.model.JobDefinition;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ClientException;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionFamiliesResponse;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionsResponse;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionFamilyStatus;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionStatus;

/** Finds the container definitions of a project on both back ends and takes them out of use. */
final class ContainerRemoval {
    private final Site site;
    private final Calls calls;
    private final EcsClient ecs;
    private final BatchClient batch;

    ContainerRemoval(Site site) {
        this.site = site;
        this.calls = site.calls;
        this.ecs = site.clients.ecs();
        this.batch = site.clients.batch();
    }

    /** Returns a step for each task definition and each job definition that can still be run. */
    List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        families()
                .forEach(family -> active(family)
                        .forEach(arn -> steps.add(step(
                                "AWS::ECS::TaskDefinition",
                                arn.substring(arn.lastIndexOf('/') + 1),
                                () -> deregisterTask(arn)))));
        jobs().forEach(job -> steps.add(step(
                "AWS::Batch::JobDefinition",
                job.jobDefinitionName() + ":" + job.revision(),
                () -> deregisterJob(job))));
        return steps;
    }

    private static Step step(String resource, String name, Runnable work) {
        return new Step(new PlannedChange(Action.DELETE, resource, name, "deregistered"), Stage.ROLES, work);
    }

    private List<String> families() {
        List<String> families = new ArrayList<>();
        @Nullable String token = null;
        do {
            String from = token;
            ListTaskDefinitionFamiliesResponse page = calls.read(
                    "ecs:ListTaskDefinitionFamilies",
                    () -> ecs.listTaskDefinitionFamilies(request -> request.familyPrefix(site.prefix())
                            .status(TaskDefinitionFamilyStatus.ACTIVE)
                            .nextToken(from)));
            families.addAll(page.families());
            token = page.nextToken();
        } while (token != null);
        return families;
    }

    private List<String> active(String family) {
        List<String> arns = new ArrayList<>();
        @Nullable String token = null;
        do {
            String from = token;
            ListTaskDefinitionsResponse page = calls.read(
                    "ecs:ListTaskDefinitions",
                    () -> ecs.listTaskDefinitions(request -> request.familyPrefix(family)
                            .status(TaskDefinitionStatus.ACTIVE)
                            .nextToken(from)));
            arns.addAll(page.taskDefinitionArns());
            token = page.nextToken();
        } while (token != null);
        return arns;
    }

    private List<JobDefinition> jobs() {
        List<JobDefinition> jobs = new ArrayList<>();
        @Nullable String token = null;
        do {
            String from = token;
            Optional<DescribeJobDefinitionsResponse> page = calls.find(
                    "batch:DescribeJobDefinitions",
                    () -> batch.describeJobDefinitions(
                            request -> request.status("ACTIVE").nextToken(from)));
            page.ifPresent(found -> found.jobDefinitions().stream()
                    .filter(job -> job.jobDefinitionName().startsWith(site.prefix()))
                    .forEach(jobs::add));
            token = page.map(DescribeJobDefinitionsResponse::nextToken).orElse(null);
        } while (token != null);
        return jobs;
    }

    private void deregisterTask(String arn) {
        try {
            calls.write(
                    "ecs:DeregisterTaskDefinition",
                    () -> ecs.deregisterTaskDefinition(request -> request.taskDefinition(arn)));
        } catch (ClientException e) {
            boolean done =
                    String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("inactive");
            if (!done) {
                throw e;
            }
        }
    }

    private void deregisterJob(JobDefinition job) {
        calls.write(
                "batch:DeregisterJobDefinition",
                () -> batch.deregisterJobDefinition(request -> request.jobDefinition(job.jobDefinitionArn())));
    }
}

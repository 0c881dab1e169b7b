package io.crois.testkit.project;

import io.crois.project.ProjectClients;
import io.crois.testkit.aws.InMemoryAws;

/** The clients with which projects are made in an account in memory, as nobody in particular. */
public final class InMemoryClients {

    private InMemoryClients() {}

    public static ProjectClients of(InMemoryAws aws) {
        return new ProjectClients(
                aws.iam(),
                aws.kms(),
                aws.secretsManager(),
                aws.s3(),
                aws.sfn(),
                aws.eventBridge(),
                aws.scheduler(),
                aws.ecs(),
                aws.batch(),
                aws.dynamoDb());
    }
}

package io.crois.testkit.running;

import io.crois.execution.AwsClients;
import io.crois.testkit.aws.InMemoryAws;
import org.junit.jupiter.api.Nested;

/** The contracts of running workflows, kept by the services in memory. */
final class InMemoryRunningTest {
    private static RunningWorld inMemory() {
        InMemoryAws aws = InMemoryAws.create();
        return RunningWorld.of(new AwsClients(
                aws.sfn(),
                aws.dynamoDb(),
                aws.s3(),
                aws.ecs(),
                aws.batch(),
                aws.kms(),
                aws.scheduler(),
                aws.eventBridge(),
                aws.logs()));
    }

    @Nested
    final class Deployments extends DeploymentContract {
        @Override
        RunningWorld world() {
            return inMemory();
        }
    }

    @Nested
    final class Submissions extends SubmissionContract {
        @Override
        RunningWorld world() {
            return inMemory();
        }
    }

    @Nested
    final class Starts extends StartsContract {
        @Override
        RunningWorld world() {
            return inMemory();
        }
    }

    @Nested
    final class Outputs extends OutputsContract {
        @Override
        RunningWorld world() {
            return inMemory();
        }
    }
}

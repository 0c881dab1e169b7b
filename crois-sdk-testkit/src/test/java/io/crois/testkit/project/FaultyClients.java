package io.crois.testkit.project;

import io.crois.project.ProjectClients;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;

/** Clients whose n-th call goes wrong in a chosen way; counts and remembers the calls. Not thread-safe. */
final class FaultyClients {

    /** What goes wrong with one call. */
    enum Fault {
        /** Nothing. */
        NONE,
        /** The process dies before the call is made. */
        CUT_BEFORE,
        /** The process dies after the call took effect. */
        CUT_AFTER,
        /** The service asks to come again later. */
        THROTTLED,
        /** The service has an error of its own. */
        SERVER_ERROR,
        /** No answer arrives, though the call took effect. */
        TIMED_OUT,
        /** The connection breaks before the call is made. */
        BROKEN,
        /** The service carries the call out twice. */
        TWICE,
        /** Another provisioner does everything just before the call. */
        OVERTAKEN
    }

    /** The end of the process. */
    static final class Cut extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** A call and when it was made. */
    record Call(String operation, Instant at) {}

    private static final int FIRST_CHANGE = -2;
    private static final int EACH_CHANGE = -3;
    private static final Pattern READS = Pattern.compile("(describe|get|list|query|scan|simulate).*");

    private int disturbed;
    private String failed = "";
    private final Fault fault;
    private final int at;
    private final Runnable rival;
    private final Supplier<Instant> now;
    private final List<Call> calls = new ArrayList<>();
    private boolean dead;
    final ProjectClients clients;

    FaultyClients(ProjectClients real, Fault fault, int at, Runnable rival, Supplier<Instant> now) {
        this.fault = fault;
        this.at = at;
        this.rival = rival;
        this.now = now;
        this.clients = new ProjectClients(
                wrapped("iam", software.amazon.awssdk.services.iam.IamClient.class, real.iam()),
                wrapped("kms", software.amazon.awssdk.services.kms.KmsClient.class, real.kms()),
                wrapped(
                        "secretsmanager",
                        software.amazon.awssdk.services.secretsmanager.SecretsManagerClient.class,
                        real.secretsManager()),
                wrapped("s3", software.amazon.awssdk.services.s3.S3Client.class, real.s3()),
                wrapped("states", software.amazon.awssdk.services.sfn.SfnClient.class, real.sfn()),
                wrapped(
                        "events",
                        software.amazon.awssdk.services.eventbridge.EventBridgeClient.class,
                        real.eventBridge()),
                wrapped("scheduler", software.amazon.awssdk.services.scheduler.SchedulerClient.class, real.scheduler()),
                wrapped("ecs", software.amazon.awssdk.services.ecs.EcsClient.class, real.ecs()),
                wrapped("batch", software.amazon.awssdk.services.batch.BatchClient.class, real.batch()),
                wrapped("dynamodb", software.amazon.awssdk.services.dynamodb.DynamoDbClient.class, real.dynamoDb()));
    }

    /** Returns clients with which a process dies right after its first change took effect. */
    static FaultyClients dyingAfterAChange(ProjectClients real) {
        return new FaultyClients(real, Fault.CUT_AFTER, FIRST_CHANGE, () -> {}, () -> Instant.EPOCH);
    }

    /** Returns clients of which every change goes wrong at its first try, by turns in two ways. */
    static FaultyClients disturbingEachChange(ProjectClients real) {
        return new FaultyClients(real, Fault.NONE, EACH_CHANGE, () -> {}, () -> Instant.EPOCH);
    }

    /** Returns clients with which S3 answers that it may not delete what it is asked to. */
    static ProjectClients refusingDeletions(ProjectClients real) {
        S3Client s3 = (S3Client) Proxy.newProxyInstance(
                S3Client.class.getClassLoader(),
                new Class<?>[] {S3Client.class},
                (proxy, method, arguments) -> method.getName().equals("deleteObjects")
                        ? DeleteObjectsResponse.builder()
                                .errors(error -> error.key("demo/run-1/model").code("AccessDenied"))
                                .build()
                        : real(real.s3(), method, arguments));
        return new ProjectClients(
                real.iam(),
                real.kms(),
                real.secretsManager(),
                s3,
                real.sfn(),
                real.eventBridge(),
                real.scheduler(),
                real.ecs(),
                real.batch(),
                real.dynamoDb());
    }

    /** Says whether a change was disturbed. */
    boolean hasDisturbed() {
        return disturbed > 0;
    }

    List<Call> calls() {
        return calls;
    }

    private <T> T wrapped(String service, Class<T> type, T client) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> invoke(service, client, method, arguments)));
    }

    private Object invoke(String service, Object client, Method method, Object[] arguments) throws Throwable {
        if (dead) {
            throw new Cut();
        }
        int number = calls.size();
        calls.add(new Call(service + ":" + method.getName(), now.get()));
        Fault now = fault(number, method.getName());
        switch (now) {
            case CUT_BEFORE -> {
                dead = true;
                throw new Cut();
            }
            case THROTTLED -> throw refused(400, "ThrottlingException");
            case SERVER_ERROR -> throw refused(500, "InternalFailure");
            case BROKEN -> throw SdkClientException.create("The connection was reset.");
            case OVERTAKEN -> rival.run();
            default -> {}
        }
        Object answer = null;
        try {
            answer = real(client, method, arguments);
        } catch (AwsServiceException refused) {
            if (now != Fault.CUT_AFTER && now != Fault.TIMED_OUT) {
                throw refused;
            }
        }
        switch (now) {
            case CUT_AFTER -> {
                dead = true;
                throw new Cut();
            }
            case TIMED_OUT -> throw ApiCallTimeoutException.create(30_000);
            case TWICE -> {
                try {
                    real(client, method, arguments);
                } catch (AwsServiceException refusedTheSecondTime) {
                    // The caller sees the first answer alone.
                }
            }
            default -> {}
        }
        return answer;
    }

    private Fault fault(int number, String method) {
        if (at >= 0) {
            return number == at ? fault : Fault.NONE;
        }
        boolean change = !READS.matcher(method).matches();
        // the next call of the same name is the second try
        boolean disturbs =
                change && (at == FIRST_CHANGE ? disturbed == 0 : at == EACH_CHANGE && !method.equals(failed));
        if (!disturbs) {
            failed = change ? "" : failed;
            return Fault.NONE;
        }
        disturbed++;
        Fault chosen = at == FIRST_CHANGE ? fault : disturbed % 2 == 0 ? Fault.TWICE : Fault.TIMED_OUT;
        failed = chosen == Fault.TIMED_OUT ? method : "";
        return chosen;
    }

    private static Object real(Object client, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(client, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static AwsServiceException refused(int status, String code) {
        return AwsServiceException.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage("on purpose")
                        .build())
                .message("on purpose")
                .build();
    }
}

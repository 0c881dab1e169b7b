package io.crois.testkit.aws;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.contract.PlatformSettings;
import io.crois.testkit.aws.internal.access.Identity;
import io.crois.testkit.aws.internal.access.Permissions;
import io.crois.testkit.aws.internal.access.ServicePrefix;
import io.crois.testkit.aws.internal.access.Services;
import io.crois.testkit.aws.internal.access.Sessions;
import io.crois.testkit.aws.internal.access.Site;
import io.crois.testkit.aws.internal.dynamodb.Journal;
import io.crois.testkit.aws.internal.dynamodb.TableStore;
import io.crois.testkit.aws.internal.events.EventTargets.Delivery;
import io.crois.testkit.aws.internal.iam.IamStore;
import io.crois.testkit.aws.internal.integration.ServiceEvents;
import io.crois.testkit.aws.internal.kms.KeyStore;
import io.crois.testkit.aws.internal.lambda.FunctionHost;
import io.crois.testkit.aws.internal.s3.FileShelf;
import io.crois.testkit.aws.internal.s3.MemoryShelf;
import io.crois.testkit.aws.internal.s3.Shelf;
import io.crois.testkit.container.ContainerPlatform;
import io.crois.testkit.container.ContainerRunner;
import io.crois.testkit.container.ScriptedContainers;
import io.crois.testkit.engine.EngineLimits;
import io.crois.testkit.policy.AccessRequest;
import io.crois.testkit.policy.Decision;
import io.crois.testkit.policy.Principal;
import io.crois.testkit.time.EventLoop;
import io.crois.testkit.time.VirtualEventLoop;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.services.batch.BatchClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/**
 * One account of AWS in one Region, in memory: the AWS SDK's own clients, wired to one another and to one clock.
 *
 * <pre>{@code
 * InMemoryAws aws = InMemoryAws.create();
 * aws.lambdaFunction("double", input -> IntNode.valueOf(input.asInt() * 2));
 * String machine = aws.sfn().createStateMachine(m -> m.name("m").roleArn(role).definition(json)).stateMachineArn();
 * String execution = aws.sfn().startExecution(e -> e.stateMachineArn(machine).input("21")).executionArn();
 * aws.eventLoop().runUntil(() -> !aws.sfn().describeExecution(e -> e.executionArn(execution)).statusAsString().equals("RUNNING"));
 * }</pre>
 *
 * <p>The account's own clients may do everything; {@link #as} gives those of a principal, and
 * {@link Builder#enforcePermissions} has state machines and containers act as their roles. What a client does not do
 * throws an {@link UnsupportedOperationException} that names the operation.
 */
public final class InMemoryAws implements AutoCloseable {
    private static final String IN_MEMORY_USER = "arn:aws:iam::%s:user/in-memory";

    private final EventLoop loop;
    private final Deque<Closeable> resources = new ArrayDeque<>();
    private final DynamoDbClient dynamoDb;
    private final S3Client s3;
    private final SecretsManagerClient secretsManager;
    private final KmsClient kms;
    private final IamClient iam;
    private final StsClient sts;
    private final LambdaClient lambda;
    private final EventServices events;
    private final ContainerServices containers;
    private final SfnClient sfn;
    private final FunctionHost functions;
    private final Sessions sessions = new Sessions();
    private final Function<String, StsClient> stsOf;
    private final Permissions permissions;
    private final boolean enforced;

    private InMemoryAws(Builder builder) {
        loop = builder.loop;
        Clock clock = loop.clock();
        String region = builder.region;
        String account = builder.account;
        Random random = new Random(builder.seed);
        TableStore tables = tables(builder.store);
        String tableArns = "arn:aws:dynamodb:" + region + ":" + account + ":table/";
        dynamoDb = NotInMemory.named(
                DynamoDbClient.class, new InMemoryDynamoDb(tables, new DynamoDbTables(tables, clock, tableArns)));
        IamStore roles = new IamStore(clock, random, account, builder.iamDelay);
        iam = InMemoryIam.of(roles);
        InMemoryS3 objects = new InMemoryS3(shelf(builder.store), clock, region, roles.principals(), this::publish);
        s3 = NotInMemory.named(S3Client.class, objects);
        secretsManager = InMemorySecretsManager.create(clock, random, region, account);
        KeyStore keys = new KeyStore(clock, random, region, account, roles.principals());
        kms = InMemoryKms.of(keys);
        enforced = builder.enforced;
        stsOf = caller -> InMemorySts.create(clock, random, account, roles, sessions, caller);
        sts = stsOf.apply(IN_MEMORY_USER.formatted(account));
        functions = new FunctionHost(loop, region, account, random);
        lambda = InMemoryLambda.of(functions);
        Site site = new Site(region, account);
        events = new EventServices(loop, site, random, functions, this::mayDeliver);
        ServiceEvents changes = new ServiceEvents(events.bus());
        containers = new ContainerServices(
                new ContainerPlatform(loop, dynamoDb, s3, secretsManager, kms, builder.platform, null, null),
                builder.containers,
                enforced ? this::as : null,
                changes,
                site,
                random);
        permissions = new Permissions(
                site,
                clock,
                new Services(iam, kms, s3, secretsManager, dynamoDb, ecs(), sqs(), sns(), lambda),
                keys::keyOf,
                roles::hasRole,
                objects::uploadHeaders);
        containers.admitBy(permissions);
        MachineServices services = new MachineServices(this, permissions, enforced);
        sfn = InMemorySfn.builder(loop)
                .region(region)
                .account(account)
                .seed(builder.seed)
                .limits(builder.limits)
                .listener(changes)
                .mapRights(services.maps())
                .integrations(services.tasks(functions, containers.tasks(), containers.jobs()))
                .build();
        events.reach((arn, json) ->
                sfn.startExecution(request -> request.stateMachineArn(arn).input(json)));
    }

    private boolean mayDeliver(Delivery delivery) {
        return !enforced || permissions.delivers(delivery);
    }

    private void publish(String detailType, String bucket, ObjectNode detail) {
        events.publish(detailType, bucket, detail);
    }

    /**
     * Returns clients that act as a principal: what its policies and those of the resources do not allow is refused, as
     * on AWS. Roles have the policies that {@link #iam} holds; users have none, and the root user has those of the
     * account.
     */
    public ActingClients as(Principal principal) {
        return acting(Identity.of(principal));
    }

    /**
     * Returns clients that act as a session that {@code assumeRole} began, with the policy that it was given.
     *
     * @throws IllegalArgumentException if the credentials are not of this account
     */
    public ActingClients as(Credentials session) {
        return acting(sessions.find(session.accessKeyId())
                .orElseThrow(() -> new IllegalArgumentException(
                        "The credentials must come from `assumeRole` of this account, but their access key is not known"
                                + " here.")));
    }

    private ActingClients acting(Identity identity) {
        return new ActingClients(
                this, permissions, identity, stsOf.apply(identity.principal().arn()));
    }

    /**
     * Returns every permission that a call needs, with every policy that has a say in it, as they are now; nothing is
     * called. {@link io.crois.testkit.policy.PolicyEvaluator} decides them: a call goes ahead if all are allowed.
     *
     * <pre>{@code
     * aws.accessRequests(Principal.session(role, "run-1"), GetObjectRequest.builder().bucket("data").key("red/model").build())
     *         .forEach(request -> assertThat(PolicyEvaluator.evaluate(request).isAllowed()).isTrue());
     * }</pre>
     */
    public List<AccessRequest> accessRequests(Principal principal, AwsRequest call) {
        return permissions.requests(ServicePrefix.of(call), Identity.of(principal), call);
    }

    /** Returns every call that was denied so far, oldest first, each with its explanation. */
    public List<Decision> denials() {
        return permissions.denials();
    }

    private TableStore tables(@Nullable Path store) {
        return store == null ? TableStore.inMemory() : kept(TableStore.over(Journal.open(store, "tables")));
    }

    private Shelf shelf(@Nullable Path store) {
        return store == null ? new MemoryShelf() : kept(FileShelf.open(store));
    }

    private <T extends Closeable> T kept(T resource) {
        resources.push(resource);
        return resource;
    }

    /** Returns an account with virtual time, nothing in it, and scripted containers. */
    public static InMemoryAws create() {
        return builder().build();
    }

    /** Returns a builder. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the loop whose time is the account's. */
    public EventLoop eventLoop() {
        return loop;
    }

    public SfnClient sfn() {
        return sfn;
    }

    public DynamoDbClient dynamoDb() {
        return dynamoDb;
    }

    public S3Client s3() {
        return s3;
    }

    public KmsClient kms() {
        return kms;
    }

    public IamClient iam() {
        return iam;
    }

    public StsClient sts() {
        return sts;
    }

    public SecretsManagerClient secretsManager() {
        return secretsManager;
    }

    public EcsClient ecs() {
        return containers.ecs();
    }

    public BatchClient batch() {
        return containers.batch();
    }

    public LambdaClient lambda() {
        return lambda;
    }

    public EventBridgeClient eventBridge() {
        return events.eventBridge();
    }

    public SchedulerClient scheduler() {
        return events.scheduler();
    }

    /** Returns CloudWatch Logs, in which stands what containers print. */
    public CloudWatchLogsClient logs() {
        return containers.logs();
    }

    public SqsClient sqs() {
        return events.sqs();
    }

    public SnsClient sns() {
        return events.sns();
    }

    /** Returns what runs the containers of ECS and Batch. */
    public ContainerRunner containers() {
        return containers.containers();
    }

    /** Registers a function that answers JSON with JSON; what it throws is the function's error. */
    public InMemoryAws lambdaFunction(String name, UnaryOperator<JsonNode> function) {
        functions.register(name, function);
        return this;
    }

    /** Registers a handler written for Lambda. */
    public InMemoryAws lambdaFunction(String name, RequestStreamHandler handler) {
        functions.register(name, handler);
        return this;
    }

    /** Sets how long each call of a function takes; default 50 milliseconds. */
    public InMemoryAws lambdaDuration(Duration duration) {
        functions.takes(duration);
        return this;
    }

    /** Sets what goes wrong with events from now on; default nothing. */
    public InMemoryAws eventFaults(EventFaults faults) {
        events.bus().faults(faults);
        return this;
    }

    /** Lets go of the store's files, if there is a store. The event loop stays as it is. */
    @Override
    public void close() throws IOException {
        while (!resources.isEmpty()) {
            resources.pop().close();
        }
    }

    /** Builds an account. Not thread-safe. */
    public static final class Builder {
        private EventLoop loop = VirtualEventLoop.create();
        private String region = "us-east-1";
        private String account = "111111111111";
        private long seed;
        private EngineLimits limits = EngineLimits.aws();
        private PlatformSettings platform = PlatformSettings.defaults();
        private Function<ContainerPlatform, ContainerRunner> containers = ScriptedContainers::create;
        private @Nullable Path store;
        private Duration iamDelay = Duration.ZERO;
        private boolean enforced;

        private Builder() {}

        /**
         * Lets state machines act as their roles, containers as the roles of their tasks, and rules, schedules and
         * topics as their targets admit, so that what policies do not allow fails; default they may do everything.
         * Functions act as the clients that they were made with.
         */
        public Builder enforcePermissions() {
            enforced = true;
            return this;
        }

        /**
         * Sets how long after a role was made other services see it: until then a policy of a key, a bucket or a role
         * that names it is refused, and nobody takes it. Default at once; on AWS it is some seconds.
         */
        public Builder iamDelay(Duration delay) {
            iamDelay = delay;
            return this;
        }

        /** Sets the loop that owns the time; default virtual time from {@link VirtualEventLoop#START} on. */
        public Builder eventLoop(EventLoop eventLoop) {
            loop = eventLoop;
            return this;
        }

        /** Sets virtual time that starts at the clock's present. */
        public Builder clock(Clock clock) {
            loop = VirtualEventLoop.startingAt(clock.instant());
            return this;
        }

        /** Sets the Region of ARNs and events; default {@code us-east-1}. */
        public Builder region(String name) {
            region = name;
            return this;
        }

        /** Sets the account of ARNs and events, 12 digits; default {@code 111111111111}. */
        public Builder account(String id) {
            account = id;
            return this;
        }

        /** Sets what ids, tokens and jitter are made of; default 0. The same seed gives the same history. */
        public Builder seed(long value) {
            seed = value;
            return this;
        }

        /** Sets the quotas of Step Functions; default those of AWS. */
        public Builder limits(EngineLimits engineLimits) {
            limits = engineLimits;
            return this;
        }

        /** Sets a folder in which tables and objects survive the process; default none. */
        public Builder store(Path folder) {
            store = folder;
            return this;
        }

        /** Sets which table and bucket the containers' agent uses; default {@link PlatformSettings#defaults()}. */
        public Builder platform(PlatformSettings settings) {
            platform = settings;
            return this;
        }

        /** Sets what runs containers; default {@link ScriptedContainers#create}. */
        public Builder containers(Function<ContainerPlatform, ContainerRunner> runner) {
            containers = runner;
            return this;
        }

        /** Returns the account. */
        public InMemoryAws build() {
            return new InMemoryAws(this);
        }
    }
}

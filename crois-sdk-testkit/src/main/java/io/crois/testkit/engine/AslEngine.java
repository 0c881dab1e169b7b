package io.crois.testkit.engine;

import io.crois.testkit.engine.internal.Directory;
import io.crois.testkit.engine.internal.Surroundings;
import io.crois.testkit.engine.internal.TaskTokens;
import io.crois.testkit.engine.internal.service.EngineClient;
import io.crois.testkit.time.EventLoop;
import java.time.LocalDate;
import java.util.Random;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.sfn.SfnClient;

/**
 * An interpreter of the Amazon States Language with the API of Step Functions.
 *
 * <p>The same calls with the same seed, on a virtual event loop, give the same histories. Safe for use by several
 * threads: every call runs as one task of the event loop.
 *
 * <pre>{@code
 * VirtualEventLoop loop = VirtualEventLoop.create();
 * SfnClient sfn = AslEngine.builder(loop).integrations(integrations).build().client();
 * sfn.createStateMachine(…);
 * sfn.startExecution(…);
 * loop.runUntilIdle();
 * sfn.describeExecution(…);
 * }</pre>
 */
public final class AslEngine {

    private final SfnClient client;

    private AslEngine(Builder builder) {
        RandomGenerator random = new Random(builder.seed);
        this.client = new EngineClient(new Surroundings(
                builder.loop,
                builder.integrations,
                builder.mapRights,
                EngineClient.telling(builder.listener),
                builder.limits,
                random,
                builder.asOf,
                builder.region,
                builder.account,
                new TaskTokens(random),
                new Directory()));
    }

    /** Returns a builder of an engine whose time is that of the given loop. */
    public static Builder builder(EventLoop loop) {
        return new Builder(loop);
    }

    /**
     * Returns the client. Definitions are checked as Step Functions checks them. {@code startSyncExecution} and
     * {@code getActivityTask} wait for the loop and cannot be called from one of its tasks.
     */
    public SfnClient client() {
        return client;
    }

    /** Collects what an engine works with. Not safe for use by several threads. */
    public static final class Builder {

        private final EventLoop loop;
        private TaskIntegrations integrations = TaskIntegrations.none();
        private MapRights mapRights = MapRights.everything(ObjectStore.none());
        private ExecutionListener listener = ExecutionListener.none();
        private EngineLimits limits = EngineLimits.aws();
        private LocalDate asOf = LocalDate.MAX;
        private String region = "us-east-1";
        private String account = "111111111111";
        private long seed;

        private Builder(EventLoop loop) {
            this.loop = loop;
        }

        /** Sets what Task states reach; the default is nothing. */
        public Builder integrations(TaskIntegrations integrations) {
            this.integrations = integrations;
            return this;
        }

        /** Sets where distributed Maps read their items and write their results; the default refuses both. */
        public Builder objectStore(ObjectStore objects) {
            return mapRights(MapRights.everything(objects));
        }

        /** Sets what distributed Maps may do with the roles of their machines, objects included; default everything. */
        public Builder mapRights(MapRights rights) {
            this.mapRights = rights;
            return this;
        }

        /** Sets who is told of each change of an execution's status; the default is nobody. */
        public Builder listener(ExecutionListener listener) {
            this.listener = listener;
            return this;
        }

        /** Sets the quotas; the default is {@link EngineLimits#aws()}. */
        public Builder limits(EngineLimits limits) {
            this.limits = limits;
            return this;
        }

        /**
         * Sets the day whose behaviour is imitated, where the engine knows that the service's has changed: the context
         * object has {@code RedriveCount} since November 2023, and the exit of a distributed Map follows the start of
         * its run, not the run's success, since the autumn of 2024. The default is today's behaviour.
         */
        public Builder asOf(LocalDate day) {
            this.asOf = day;
            return this;
        }

        /** Sets the region of ARNs and events; the default is {@code us-east-1}. */
        public Builder region(String region) {
            this.region = region;
            return this;
        }

        /** Sets the account of ARNs; the default is {@code 111111111111}. */
        public Builder account(String account) {
            this.account = account;
            return this;
        }

        /** Sets what names, tokens and jitter are made of; the default is 0. */
        public Builder seed(long seed) {
            this.seed = seed;
            return this;
        }

        /** Returns the engine, without machines. */
        public AslEngine build() {
            return new AslEngine(this);
        }
    }
}

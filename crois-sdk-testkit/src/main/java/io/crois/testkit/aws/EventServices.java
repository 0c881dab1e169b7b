package io.crois.testkit.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.testkit.aws.internal.access.Site;
import io.crois.testkit.aws.internal.events.EventBus;
import io.crois.testkit.aws.internal.events.EventTargets;
import io.crois.testkit.aws.internal.events.EventTargets.Delivery;
import io.crois.testkit.aws.internal.lambda.FunctionHost;
import io.crois.testkit.aws.internal.queue.QueueStore;
import io.crois.testkit.aws.internal.schedule.ScheduleStore;
import io.crois.testkit.aws.internal.topic.QueuesAndFunctions;
import io.crois.testkit.aws.internal.topic.TopicStore;
import io.crois.testkit.time.EventLoop;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * What carries events from one service to another: Amazon EventBridge and its Scheduler, Amazon SQS and Amazon SNS,
 * with the functions and queues that they deliver to.
 */
final class EventServices {

    private final EventTargets targets = new EventTargets();
    private final EventBus bus;
    private final EventBridgeClient eventBridge;
    private final SchedulerClient scheduler;
    private final SqsClient sqs;
    private final SnsClient sns;

    /**
     * Wires the services.
     *
     * @param mayDeliver says whether the target of a rule, a schedule or a topic lets itself be called
     */
    EventServices(EventLoop loop, Site site, Random random, FunctionHost functions, Predicate<Delivery> mayDeliver) {
        targets.add("lambda", (arn, json) -> functions.queue(arn, SdkBytes.fromUtf8String(json)));
        targets.onlyIf(mayDeliver);
        QueueStore queues = new QueueStore(loop.clock(), random, site.region(), site.account());
        sqs = InMemorySqs.of(queues, loop);
        QueuesAndFunctions subscribers = new QueuesAndFunctions(queues, functions, mayDeliver);
        sns = InMemorySns.of(new TopicStore(loop, random, site.region(), site.account(), subscribers), loop);
        targets.add("sqs", queues::deliver);
        bus = new EventBus(loop, site.region(), site.account(), random, targets);
        eventBridge = InMemoryEventBridge.of(bus, loop);
        scheduler = InMemoryScheduler.of(new ScheduleStore(loop, site.region(), site.account(), random, targets));
    }

    /** Lets state machines be targets, too; they are given their ARN and the input. */
    void reach(BiConsumer<String, String> machines) {
        targets.add("states", machines);
    }

    /** Publishes what Amazon S3 tells of its objects. */
    void publish(String detailType, String bucket, ObjectNode detail) {
        bus.publish("aws.s3", detailType, List.of(bucket), detail);
    }

    EventBus bus() {
        return bus;
    }

    EventBridgeClient eventBridge() {
        return eventBridge;
    }

    SchedulerClient scheduler() {
        return scheduler;
    }

    SqsClient sqs() {
        return sqs;
    }

    SnsClient sns() {
        return sns;
    }
}

package io.crois.execution;

import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;

/** Gives events to a subscriber as it requests them. */
final class EventFlow implements Flow.Subscription {
    private final Flow.Subscriber<? super ExecutionEvent> subscriber;
    private final boolean endsWithExecution;
    private final AtomicReference<Follower> follower = new AtomicReference<>();

    private EventFlow(Flow.Subscriber<? super ExecutionEvent> subscriber, boolean endsWithExecution) {
        this.subscriber = subscriber;
        this.endsWithExecution = endsWithExecution;
    }

    static void subscribe(
            Flow.Subscriber<? super ExecutionEvent> subscriber,
            Function<Consumer<ExecutionEvent>, Follower> followers,
            boolean endsWithExecution) {
        EventFlow flow = new EventFlow(subscriber, endsWithExecution);
        Follower follower = followers.apply(flow::next);
        flow.follower.set(follower);
        subscriber.onSubscribe(flow);
        follower.start();
    }

    private void next(ExecutionEvent event) {
        subscriber.onNext(event);
        if (endsWithExecution && event instanceof ExecutionEvent.Ended) {
            follower.get().close();
            subscriber.onComplete();
        }
    }

    @Override
    public void request(long count) {
        if (count > 0) {
            follower.get().request(count);
        } else {
            cancel();
            subscriber.onError(new IllegalArgumentException(
                    "A subscriber must request at least 1 event, but requested " + count + "."));
        }
    }

    @Override
    public void cancel() {
        follower.get().close();
    }
}

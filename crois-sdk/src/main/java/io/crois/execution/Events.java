package io.crois.execution;

import io.crois.contract.FeedEvent;
import io.crois.table.Bookmark;
import io.crois.table.FeedEntry;
import io.crois.workflow.CroisException;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What happens in a project, an execution or a step, from some time on: for a listener, as a {@link Flow.Publisher}, or
 * as a single event that is waited for.
 *
 * <p>Every event is told at least once; one that is told again has the same {@link ExecutionEvent#id}. Events of one
 * step come in their order. However many executions are followed, the events of a project are read once for all who
 * follow them through the same {@code Crois}: what that costs depends on how much happens. Immutable and thread-safe.
 *
 * <pre>{@code
 * try (Subscription subscription = crois.events().after(savedToken).eachToken(this::save).listen(listener)) { … }
 * execution.events().ofStep("train").first(ExecutionEvent.StepSucceeded.class).thenAccept(done -> …);
 * }</pre>
 */
public final class Events {
    private final Account account;
    private final LiveFeed live;
    private final Start start;
    private final Predicate<FeedEntry> wanted;
    private final @Nullable String execution;
    private final @Nullable Consumer<String> tokens;

    private Events(
            Account account,
            LiveFeed live,
            Start start,
            Predicate<FeedEntry> wanted,
            @Nullable String execution,
            @Nullable Consumer<String> tokens) {
        this.account = account;
        this.live = live;
        this.start = start;
        this.wanted = wanted;
        this.execution = execution;
        this.tokens = tokens;
    }

    /** Where a reader begins; decided when it begins. */
    private interface Start {
        Bookmark bookmark();
    }

    /** Returns all events of the account's project from the time at which somebody begins to listen. */
    static Events of(Account account, LiveFeed live) {
        String project = account.project().name();
        Start now = () -> Bookmark.at(project, account.clock().instant());
        return new Events(account, live, now, entry -> true, null, null);
    }

    /** Returns only the events of an execution. */
    public Events ofExecution(String name) {
        return new Events(
                account,
                live,
                start,
                wanted.and(entry -> entry.event().run().execution().equals(name)),
                name,
                tokens);
    }

    /**
     * Returns only the events of a step.
     *
     * @param step its name, for all iterations of the forEach blocks round it, or its path, {@code tune[3]/train}
     */
    public Events ofStep(String step) {
        return new Events(account, live, start, wanted.and(entry -> isOf(entry.event(), step)), execution, tokens);
    }

    private static boolean isOf(FeedEvent event, String step) {
        String name = event.step();
        return name != null && (name.equals(step) || (event.run().scope() + name).equals(step));
    }

    /**
     * Returns the events from a time on. The feed holds the events of 30 days; reading them up to the present costs in
     * proportion to what happened in the whole project since.
     */
    public Events since(Instant time) {
        String project = account.project().name();
        return new Events(account, live, () -> Bookmark.at(project, time), wanted, execution, tokens);
    }

    /**
     * Returns the events that had not been told when a token was made. Ask for the same execution and step as then.
     *
     * @param token of {@link Subscription#token} or {@link #eachToken}
     * @throws CroisException if it is no token, or one of another project
     */
    public Events after(String token) {
        String project = account.project().name();
        try {
            Bookmark.parse(token, project);
        } catch (IllegalArgumentException e) {
            throw new CroisException(String.valueOf(e.getMessage()), e);
        }
        return new Events(account, live, () -> Bookmark.parse(token, project), wanted, execution, tokens);
    }

    /**
     * Returns the same events, with a token after each: whoever keeps the latest one and goes on {@link #after} it
     * misses nothing.
     *
     * @param consumer is called after the event was told, before the next one
     */
    public Events eachToken(Consumer<String> consumer) {
        return new Events(account, live, start, wanted, execution, consumer);
    }

    /** Tells a listener of each event, one at a time. */
    public Subscription listen(ExecutionListener listener) {
        Follower follower = follower(listener::onEvent);
        follower.request(Long.MAX_VALUE);
        return new Subscription(follower.start());
    }

    /**
     * Returns a publisher. Each subscriber gets all events from the start on, no more than it requests; while it
     * requests none, only some are read. If these are the events of one execution, the subscription is complete after
     * its end.
     */
    public Flow.Publisher<ExecutionEvent> publisher() {
        return subscriber -> EventFlow.subscribe(subscriber, this::follower, execution != null);
    }

    /** Returns the first event of a type, once it happens; never, if the execution ends without one. */
    public <T extends ExecutionEvent> CompletionStage<T> first(Class<T> type) {
        return first(type, event -> true);
    }

    /**
     * Returns the first event of a type that satisfies a condition, once it happens. Stops to look for it when the
     * stage is completed or cancelled by somebody else.
     */
    public <T extends ExecutionEvent> CompletionStage<T> first(Class<T> type, Predicate<T> condition) {
        CompletableFuture<T> found = new CompletableFuture<>();
        Follower follower = follower(event -> {
            if (type.isInstance(event) && condition.test(type.cast(event))) {
                found.complete(type.cast(event));
            }
        });
        found.whenComplete((event, failure) -> follower.close());
        follower.request(Long.MAX_VALUE);
        follower.start();
        return found;
    }

    private Follower follower(Consumer<ExecutionEvent> listener) {
        @Nullable Consumer<String> consumer = tokens;
        return new Follower(account, live, start.bookmark(), wanted, new Follower.Sink() {
            @Override
            public void accept(ExecutionEvent event) {
                listener.accept(event);
            }

            @Override
            public void told(String token) {
                if (consumer != null) {
                    consumer.accept(token);
                }
            }

            @Override
            public boolean wantsTokens() {
                return consumer != null;
            }
        });
    }
}

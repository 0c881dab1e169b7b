package io.crois.testkit.engine.internal.service;

import io.crois.testkit.engine.internal.Surroundings;
import io.crois.testkit.engine.internal.TaskAttempt;
import io.crois.testkit.time.EventLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.ActivityListItem;
import software.amazon.awssdk.services.sfn.model.CreateActivityRequest;
import software.amazon.awssdk.services.sfn.model.CreateActivityResponse;
import software.amazon.awssdk.services.sfn.model.DeleteActivityRequest;
import software.amazon.awssdk.services.sfn.model.DeleteActivityResponse;
import software.amazon.awssdk.services.sfn.model.DescribeActivityRequest;
import software.amazon.awssdk.services.sfn.model.DescribeActivityResponse;
import software.amazon.awssdk.services.sfn.model.EncryptionConfiguration;
import software.amazon.awssdk.services.sfn.model.GetActivityTaskRequest;
import software.amazon.awssdk.services.sfn.model.GetActivityTaskResponse;
import software.amazon.awssdk.services.sfn.model.ListActivitiesRequest;
import software.amazon.awssdk.services.sfn.model.ListActivitiesResponse;

/** Activities and their workers. All but {@link #poll} is used on the event loop only. */
final class Activities {

    /** How long a worker's request waits for a task. */
    private static final Duration POLL = Duration.ofSeconds(60);

    private final Surroundings surroundings;
    private final Arns arns;
    private final Map<String, Activity> activities = new LinkedHashMap<>();

    Activities(Surroundings surroundings, Arns arns) {
        this.surroundings = surroundings;
        this.arns = arns;
    }

    CreateActivityResponse create(CreateActivityRequest request) {
        String arn = arns.activity(Arns.requireName(request.name()));
        EncryptionConfiguration encryption = Configurations.encryption(request.encryptionConfiguration());
        Activity activity = activities.computeIfAbsent(
                arn,
                key -> new Activity(
                        key, request.name(), surroundings.loop().now(), Tags.of(request.tags()), encryption));
        if (!Objects.equals(activity.encryption(), encryption)) {
            throw Refusal.activityExists(arn);
        }
        surroundings.tokens().open(arn);
        return CreateActivityResponse.builder()
                .activityArn(arn)
                .creationDate(activity.creationDate())
                .build();
    }

    DescribeActivityResponse describe(DescribeActivityRequest request) {
        Activity activity = require(request.activityArn());
        return DescribeActivityResponse.builder()
                .activityArn(activity.arn())
                .name(activity.name())
                .creationDate(activity.creationDate())
                .encryptionConfiguration(activity.encryption())
                .build();
    }

    DeleteActivityResponse delete(DeleteActivityRequest request) {
        String arn = Arns.require(request.activityArn(), "activity");
        activities.remove(arn);
        surroundings.tokens().close(arn);
        return DeleteActivityResponse.builder().build();
    }

    ListActivitiesResponse list(ListActivitiesRequest request) {
        Page<Activity> page = Page.of(List.copyOf(activities.values()), request.nextToken(), request.maxResults());
        return ListActivitiesResponse.builder()
                .activities(page.items().stream()
                        .map(activity -> ActivityListItem.builder()
                                .activityArn(activity.arn())
                                .name(activity.name())
                                .creationDate(activity.creationDate())
                                .build())
                        .toList())
                .nextToken(page.next())
                .build();
    }

    /**
     * Waits up to a minute of the loop's time for a task, as a worker does; the answer is empty when none came. Called
     * by a thread that may wait.
     */
    GetActivityTaskResponse poll(GetActivityTaskRequest request) {
        EventLoop loop = surroundings.loop();
        String arn = loop.call(() -> require(request.activityArn())).arn();
        Instant deadline = loop.now().plus(POLL);
        EventLoop.Timer timer = loop.after(POLL, () -> {});
        loop.runUntil(() -> surroundings.tokens().hasOffers(arn) || !loop.now().isBefore(deadline));
        timer.cancel();
        return loop.call(() -> take(arn, request.workerName()));
    }

    private GetActivityTaskResponse take(String arn, @Nullable String workerName) {
        TaskAttempt attempt = surroundings.tokens().poll(arn);
        if (attempt == null) {
            return GetActivityTaskResponse.builder().build();
        }
        attempt.take(workerName);
        return GetActivityTaskResponse.builder()
                .taskToken(attempt.token())
                .input(attempt.arguments().toString())
                .build();
    }

    /** Returns the tags of an activity, {@code null} if there is no such activity. */
    @Nullable
    Map<String, String> tags(String arn) {
        Activity activity = activities.get(arn);
        return activity == null ? null : activity.tags();
    }

    private Activity require(@Nullable String arn) {
        Activity activity = activities.get(Arns.require(arn, "activity"));
        if (activity == null) {
            throw Refusal.noActivity(String.valueOf(arn));
        }
        return activity;
    }

    /** An activity. */
    private record Activity(
            String arn,
            String name,
            Instant creationDate,
            Map<String, String> tags,
            @Nullable EncryptionConfiguration encryption) {}
}

package io.crois.testkit.aws.internal.lambda;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.crois.testkit.time.EventLoop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;

/**
 * All functions of an account, and what runs them: a handler runs as one task of the event loop, at the beginning of
 * its invocation, and its answer arrives when the invocation's duration has passed. Safe for use by several threads.
 *
 * <p>Code is registered under a function's name and stays registered, whether a function of the name exists or not.
 */
public final class FunctionHost {

    /** How long an invocation takes if nothing else is said. */
    public static final Duration DEFAULT_DURATION = Duration.ofMillis(50);

    private static final int MAX_PAYLOAD = 6 * 1024 * 1024;
    /** What a function gets that is invoked without a payload. */
    private static final byte[] EMPTY_OBJECT = {'{', '}'};

    private static final JsonFactory JSON = new JsonFactory();
    private static final int DEFAULT_TIMEOUT_SECONDS = 60;
    private static final int DEFAULT_MEMORY_MIB = 512;
    /** Lambda repeats a failed asynchronous invocation twice, after these waits. */
    private static final List<Duration> RETRIES = List.of(Duration.ofMinutes(1), Duration.ofMinutes(2));

    private final Map<String, FunctionConfiguration> functions = new TreeMap<>();
    private final Map<String, FunctionCode> codes = new HashMap<>();
    private final Map<String, Duration> durations = new HashMap<>();
    private final EventLoop loop;
    private final String region;
    private final String account;
    private final Random random;
    private Duration duration = DEFAULT_DURATION;

    /**
     * Creates a host without functions.
     *
     * @param random decides request ids
     */
    public FunctionHost(EventLoop loop, String region, String account, Random random) {
        this.loop = loop;
        this.region = region;
        this.account = account;
        this.random = random;
    }

    /**
     * Registers code that answers JSON with JSON, and creates the function unless there is one of the name.
     *
     * @throws IllegalArgumentException if the name cannot be a function's
     */
    public void register(String name, UnaryOperator<JsonNode> function) {
        register(name, FunctionCode.of(function));
    }

    /**
     * Registers a handler written for Lambda, and creates the function unless there is one of the name.
     *
     * @throws IllegalArgumentException if the name cannot be a function's
     */
    public void register(String name, RequestStreamHandler handler) {
        register(name, FunctionCode.of(handler));
    }

    private void register(String name, FunctionCode code) {
        FunctionName.checked(name);
        loop.call(() -> {
            codes.put(name, code);
            return functions.computeIfAbsent(name, this::registered);
        });
    }

    private FunctionConfiguration registered(String name) {
        return FunctionConfiguration.builder()
                .functionName(name)
                .functionArn(arn(name))
                .runtime("java17")
                .handler("registered")
                .role("arn:aws:iam::" + account + ":role/" + name)
                .timeout(DEFAULT_TIMEOUT_SECONDS)
                .memorySize(DEFAULT_MEMORY_MIB)
                .version("$LATEST")
                .state("Active")
                .lastModified(loop.now().toString())
                .build();
    }

    /** Sets how long every invocation takes from now on, unless its function has a duration of its own. */
    public void takes(Duration time) {
        loop.call(() -> duration = checked(time));
    }

    /** Sets how long the invocations of one function take from now on. */
    public void takes(String name, Duration time) {
        loop.call(() -> durations.put(name, checked(time)));
    }

    private static Duration checked(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException(
                    "The duration of an invocation must not be negative, but was " + time + ".");
        }
        return time;
    }

    /** Adds a function, and returns what is kept of it. */
    public FunctionConfiguration create(FunctionConfiguration.Builder function, @Nullable String requestedName) {
        String name = FunctionName.ofNew(requestedName);
        return loop.call(() -> {
            if (functions.containsKey(name)) {
                throw LambdaRefusal.exists(name);
            }
            FunctionConfiguration created = function.functionName(name)
                    .functionArn(arn(name))
                    .version("$LATEST")
                    .state("Active")
                    .lastModified(loop.now().toString())
                    .build();
            functions.put(name, created);
            return created;
        });
    }

    /** Returns a function by any of its names. */
    public FunctionConfiguration find(@Nullable String name) {
        String plain = FunctionName.of(name);
        return loop.call(() -> {
            FunctionConfiguration found = functions.get(plain);
            if (found == null) {
                throw LambdaRefusal.notFound(arn(plain));
            }
            return found;
        });
    }

    /** Changes a function, and returns what it is now. */
    public FunctionConfiguration update(@Nullable String name, Consumer<FunctionConfiguration.Builder> change) {
        return loop.call(() -> {
            FunctionConfiguration updated = find(name).copy(change);
            functions.put(updated.functionName(), updated);
            return updated;
        });
    }

    /** Removes a function; its code stays registered. */
    public void delete(@Nullable String name) {
        loop.call(() -> functions.remove(find(name).functionName()));
    }

    /** Returns all functions, in the order of their names. */
    public List<FunctionConfiguration> list() {
        return loop.call(() -> List.copyOf(functions.values()));
    }

    /** Runs a function to its end within the caller's call: no time of the loop passes. */
    public FunctionAnswer invoke(@Nullable String name, @Nullable SdkBytes payload) {
        byte[] bytes = checked(payload);
        return loop.call(() -> run(find(name), bytes));
    }

    /**
     * Begins an invocation; must be called on the loop.
     *
     * @param answer is told the end, on the loop, when the invocation's duration has passed
     */
    public void start(@Nullable String name, @Nullable SdkBytes payload, Consumer<FunctionAnswer> answer) {
        byte[] bytes = checked(payload);
        FunctionConfiguration function = find(name);
        FunctionAnswer end = run(function, bytes);
        Duration limit = Duration.ofSeconds(function.timeout());
        Duration time = durationOf(function);
        loop.after(time.compareTo(limit) < 0 ? time : limit, () -> answer.accept(end));
    }

    /** Begins an invocation of which nobody awaits the answer; a failed one is repeated twice. */
    public void queue(@Nullable String name, @Nullable SdkBytes payload) {
        byte[] bytes = checked(payload);
        String function = find(name).functionName();
        loop.post(() -> attempt(function, bytes, 0));
    }

    private void attempt(String function, byte[] payload, int retries) {
        if (!functions.containsKey(function)) {
            return;
        }
        start(function, SdkBytes.fromByteArray(payload), answer -> {
            if (answer.functionError() != null && retries < RETRIES.size()) {
                loop.after(RETRIES.get(retries), () -> attempt(function, payload, retries + 1));
            }
        });
    }

    private FunctionAnswer run(FunctionConfiguration function, byte[] payload) {
        String requestId = new UUID(random.nextLong(), random.nextLong()).toString();
        FunctionAnswer answer = handle(function, payload, requestId);
        Duration limit = Duration.ofSeconds(function.timeout());
        return durationOf(function).compareTo(limit) > 0 ? FunctionFailure.timedOut(requestId, limit) : answer;
    }

    private FunctionAnswer handle(FunctionConfiguration function, byte[] payload, String requestId) {
        String name = function.functionName();
        FunctionCode code = codes.getOrDefault(name, FunctionCode.missing(name));
        try {
            return FunctionAnswer.of(requestId, code.run(payload, new InvocationContext(function, requestId)));
        } catch (Throwable thrown) {
            return FunctionFailure.thrown(requestId, thrown);
        }
    }

    private Duration durationOf(FunctionConfiguration function) {
        return durations.getOrDefault(function.functionName(), duration);
    }

    private static byte[] checked(@Nullable SdkBytes payload) {
        if (payload == null || payload.asByteArrayUnsafe().length == 0) {
            return EMPTY_OBJECT.clone();
        }
        byte[] bytes = payload.asByteArray();
        if (bytes.length > MAX_PAYLOAD) {
            throw LambdaRefusal.tooLarge(bytes.length, MAX_PAYLOAD);
        }
        requireJson(bytes);
        return bytes;
    }

    private static void requireJson(byte[] bytes) {
        try (JsonParser parser = JSON.createParser(bytes)) {
            while (parser.nextToken() != null) {
                parser.skipChildren();
            }
        } catch (JsonProcessingException e) {
            throw LambdaRefusal.notJson(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String arn(String name) {
        return "arn:aws:lambda:" + region + ":" + account + ":function:" + name;
    }
}

package io.crois.testkit.container;

import io.crois.contract.AgentExit;
import io.crois.contract.OrderLocation;
import io.crois.contract.TaskOrder;
import io.crois.table.CroisTable;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Containers that do what a script says, in time of the event loop. The order of a step is carried out by the real
 * agent, in process, when the time that the container takes has passed; only the command is made up.
 *
 * <p>A container whose environment names no order is not a step: it runs no agent and only ends as its script says.
 *
 * <pre>{@code
 * ScriptedContainers containers = ScriptedContainers.create(platform)
 *     .step("train", 1, ContainerScript.runsOutOfMemory())
 *     .step("train", 2, ContainerScript.succeeds().result("auc", 0.83).takes(Duration.ofHours(3)))
 *     .step("tune[3]/fit", ContainerScript.exits(2))
 *     .image("demo/flaky:1", ContainerScript.cannotBePulled());
 * }</pre>
 *
 * <p>A script is looked for by the step's name with the scope of its iteration, then by its name alone, then by the
 * image; in each case one of the attempt goes before one of all attempts. Without a script a container succeeds with
 * made-up values. Scripts may be set at any time, from any thread, and count for containers that start later.
 */
public final class ScriptedContainers implements ContainerRunner {
    private static final Logger LOG = LoggerFactory.getLogger(ScriptedContainers.class);

    private final ContainerPlatform platform;
    private final CroisTable table;
    private final Map<String, ContainerScript> steps = new ConcurrentHashMap<>();
    private final Map<String, ContainerScript> images = new ConcurrentHashMap<>();
    private volatile ContainerScript otherwise = ContainerScript.succeeds();

    private ScriptedContainers(ContainerPlatform platform) {
        this.platform = platform;
        this.table = platform.table();
    }

    /** Creates containers that all succeed with made-up values. */
    public static ScriptedContainers create(ContainerPlatform platform) {
        return new ScriptedContainers(platform);
    }

    /**
     * Sets the script of all attempts of a step that have none of their own.
     *
     * @param step the step's name; for one iteration of a forEach with its scope before it, such as {@code tune[3]/fit}
     */
    public ScriptedContainers step(String step, ContainerScript script) {
        steps.put(step, script);
        return this;
    }

    /**
     * Sets the script of one attempt of a step.
     *
     * @param attempt from 1
     * @throws IllegalArgumentException if {@code attempt} is below 1
     */
    public ScriptedContainers step(String step, int attempt, ContainerScript script) {
        if (attempt < 1) {
            throw new IllegalArgumentException("attempt must be at least 1, but was " + attempt + ".");
        }
        steps.put(step + "#" + attempt, script);
        return this;
    }

    /** Sets the script of all containers of an image whose step has none. */
    public ScriptedContainers image(String image, ContainerScript script) {
        images.put(image, script);
        return this;
    }

    /** Sets the script of all containers without one. */
    public ScriptedContainers otherwise(ContainerScript script) {
        otherwise = script;
        return this;
    }

    @Override
    public RunningContainer run(ContainerRequest request, ContainerListener listener) {
        String text = request.environment().get(OrderLocation.VARIABLE);
        try {
            OrderLocation location = text == null ? null : OrderLocation.parse(text);
            TaskOrder order = location == null ? null : order(location).orElse(null);
            ContainerScript script = script(request, order);
            return new ScriptedContainer(platform.of(request), request.id(), script, location, order, listener).start();
        } catch (IllegalArgumentException e) {
            LOG.error("Container {} cannot run: {}", request.id(), e.getMessage());
            ContainerScript script = ContainerScript.exits(AgentExit.ORDER_NOT_READABLE.code());
            return new ScriptedContainer(platform, request.id(), script, null, null, listener).start();
        }
    }

    private Optional<TaskOrder> order(OrderLocation location) {
        try {
            return table.read(location.key(), TaskOrder.class);
        } catch (SdkException e) {
            LOG.warn("The task order at {} could not be read to find its script: {}", location.text(), e.getMessage());
            return Optional.empty();
        }
    }

    private ContainerScript script(ContainerRequest request, @Nullable TaskOrder order) {
        ContainerScript ofImage = images.getOrDefault(request.image(), otherwise);
        if (order == null) {
            return ofImage;
        }
        String step = order.step();
        String path = order.run().scope() + step;
        String attempt = "#" + order.attempt();
        return Stream.of(path + attempt, path, step + attempt, step)
                .map(steps::get)
                .filter(script -> script != null)
                .findFirst()
                .orElse(ofImage);
    }
}

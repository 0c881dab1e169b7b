package io.crois.testkit.aws;

import io.crois.testkit.aws.internal.access.Launch;
import io.crois.testkit.aws.internal.access.LaunchRights;
import io.crois.testkit.container.ContainerEnd;
import io.crois.testkit.container.ContainerListener;
import io.crois.testkit.container.ContainerRequest;
import io.crois.testkit.container.ContainerRunner;
import io.crois.testkit.container.RunningContainer;
import io.crois.testkit.time.EventLoop;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Runs containers whose roles may start them; the others end before they begin. Used on the event loop. */
final class AdmittedContainers implements ContainerRunner {

    private final ContainerRunner runner;
    private final EventLoop loop;
    private final LaunchRights rights;
    private final Function<String, Launch> launches;
    private final Set<String> silent = ConcurrentHashMap.newKeySet();

    AdmittedContainers(ContainerRunner runner, EventLoop loop, LaunchRights rights, Function<String, Launch> launches) {
        this.runner = runner;
        this.loop = loop;
        this.rights = rights;
        this.launches = launches;
    }

    @Override
    public RunningContainer run(ContainerRequest request, ContainerListener listener) {
        Launch launch = launches.apply(request.id());
        Optional<ContainerEnd> refusal = rights.refusal(launch);
        if (refusal.isPresent()) {
            loop.post(() -> listener.ended(refusal.get()));
            return () -> {};
        }
        if (!rights.mayLog(launch)) {
            silent.add(request.id());
        }
        return runner.run(request, listener);
    }

    /** Says whether what a container prints may not be written to its log. */
    boolean isSilent(String containerId) {
        return silent.contains(containerId);
    }
}

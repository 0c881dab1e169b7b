package io.crois.testkit.aws;

import io.crois.testkit.aws.internal.access.Launch;
import io.crois.testkit.aws.internal.logs.LogStore;
import io.crois.testkit.container.ContainerOutput;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Brings what containers print to the streams that their definitions name, as the log driver does. Thread-safe. */
final class ContainerLogs implements ContainerOutput {

    private final LogStore store;
    private final Launches launches;
    private final Map<String, Optional<Place>> places = new ConcurrentHashMap<>();

    ContainerLogs(LogStore store, Launches launches) {
        this.store = store;
        this.launches = launches;
    }

    private record Place(String group, String stream) {}

    @Override
    public void printed(String id, String line) {
        Optional<Place> place = places.get(id);
        if (place == null) {
            place = place(launches.of(id));
            places.put(id, place);
        }
        place.ifPresent(found -> store.print(found.group(), found.stream(), line));
    }

    private Optional<Place> place(Launch launch) {
        return launch.logGroup().map(group -> new Place(group, launch.logStream()));
    }
}

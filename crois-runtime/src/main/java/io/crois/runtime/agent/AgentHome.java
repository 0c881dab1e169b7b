package io.crois.runtime.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The folder that the agent's bundle was installed to. */
final class AgentHome {
    /** The system property that names the folder; not set where the agent was not started from a bundle. */
    static final String PROPERTY = "crois.home";

    /** Below the folder: where anybody may make folders for attempts, as below {@code /tmp}. */
    static final String WORK = "work";

    private AgentHome() {}

    /**
     * Returns where attempts get their folders: the first place that can be written of the bundle's volume, which is as
     * large as the task's disk, and the places for temporary files, the last of which lies in memory.
     *
     * @throws IOException if there is none
     */
    static Path workDirectory() throws IOException {
        List<Path> places = new ArrayList<>();
        String home = System.getProperty(PROPERTY);
        if (home != null) {
            places.add(Path.of(home, WORK));
        }
        places.add(Path.of(Objects.requireNonNullElse(System.getenv("TMPDIR"), "/tmp")));
        places.add(Path.of("/var/tmp"));
        places.add(Path.of("/dev/shm"));
        for (Path place : places) {
            if (Files.isDirectory(place) && Files.isWritable(place)) {
                return place;
            }
        }
        throw new IOException("No folder can be written by this user; found none of " + places
                + ". Mount a volume that can be written at `/tmp`.");
    }
}

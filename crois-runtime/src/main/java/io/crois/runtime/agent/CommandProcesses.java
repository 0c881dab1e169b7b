package io.crois.runtime.agent;

import java.util.List;
import java.util.Map;

/** How the processes of a command are started apart from the agent's own, and reached together. */
interface CommandProcesses {
    /** What the platform tells the agent in the environment; the command gets only what it is promised. */
    String OWN_PREFIX = "CROIS_";

    /** Returns what stands in front of the command's own arguments. */
    List<String> prefix();

    /** Makes the environment that the command gets out of the agent's own and what is added to it. */
    void complete(Map<String, String> own, Map<String, String> added);

    /** Begins to watch what the command uses; called when it has been started. */
    ResourceUsage started(Process process);

    /** Asks all processes of the command to end. */
    void terminate(Process process);

    /** Ends all processes of the command by force. */
    void kill(Process process);

    /** Called when the command itself has ended; ends what it has left behind. */
    void ended(Process process);
}

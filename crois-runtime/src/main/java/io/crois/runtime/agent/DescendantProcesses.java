package io.crois.runtime.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A command beside others on a machine: a child of this process, known by its descendants. A process that it leaves
 * behind when it ends by itself is out of reach.
 */
final class DescendantProcesses implements CommandProcesses {
    private List<ProcessHandle> terminated = List.of();

    @Override
    public List<String> prefix() {
        return List.of();
    }

    @Override
    public void complete(Map<String, String> own, Map<String, String> added) {
        own.keySet().removeIf(name -> name.startsWith(OWN_PREFIX));
        own.putAll(added);
    }

    @Override
    public ResourceUsage started(Process process) {
        return new ProcessTreeUsage(process);
    }

    @Override
    public void terminate(Process process) {
        terminated = family(process);
        terminated.forEach(ProcessHandle::destroy);
    }

    @Override
    public void kill(Process process) {
        family(process).forEach(ProcessHandle::destroyForcibly);
    }

    @Override
    public void ended(Process process) {
        terminated.forEach(ProcessHandle::destroyForcibly);
    }

    private static List<ProcessHandle> family(Process process) {
        List<ProcessHandle> family = new ArrayList<>(process.descendants().toList());
        family.add(process.toHandle());
        return family;
    }
}

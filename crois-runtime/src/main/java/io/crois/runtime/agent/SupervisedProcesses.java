package io.crois.runtime.agent;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The command of a container: in a process group of its own, and alone in it but for the agent. */
final class SupervisedProcesses implements CommandProcesses {
    /** What {@code agent.start} adds for the agent's own runtime; what the image had of them is hidden from it. */
    private static final List<String> OWN_VARIABLES = List.of("LC_ALL", "LOCPATH", "MALLOC_ARENA_MAX");

    private static final String HIDDEN = "~";
    private static final int ROUNDS = 50;
    private static final long ROUND_MILLIS = 200;

    private final Supervisor supervisor;

    SupervisedProcesses(Supervisor supervisor) {
        this.supervisor = supervisor;
    }

    @Override
    public List<String> prefix() {
        return List.of(supervisor.program(), "--exec");
    }

    /** What was hidden comes back when the program becomes the command, unless the step sets it anew. */
    @Override
    public void complete(Map<String, String> own, Map<String, String> added) {
        OWN_VARIABLES.forEach(own::remove);
        own.keySet().removeIf(name -> name.startsWith(OWN_PREFIX));
        added.forEach((name, value) -> {
            own.remove(HIDDEN + name.substring(1));
            own.put(name, value);
        });
    }

    @Override
    public ResourceUsage started(Process process) {
        supervisor.commandStarted(process.pid());
        return Cgroup.find().<ResourceUsage>map(CgroupUsage::new).orElseGet(() -> new ProcessTreeUsage(process));
    }

    @Override
    public void terminate(Process process) {
        supervisor.signalCommand(Supervisor.STOP_SIGNAL);
    }

    /** As when the first process of any container ends, nothing is left running; outputs hold still from here on. */
    @Override
    public void kill(Process process) {
        supervisor.signalCommand(Supervisor.SIGKILL);
        List<ProcessHandle> left = others();
        for (int round = 0; round < ROUNDS && !left.isEmpty(); round++) {
            left.forEach(ProcessHandle::destroyForcibly);
            left.forEach(SupervisedProcesses::awaitEnd);
            left = others();
        }
    }

    @Override
    public void ended(Process process) {
        kill(process);
        supervisor.commandEnded();
    }

    /** All descendants of the first process but this one; orphans have become its children. */
    private static List<ProcessHandle> others() {
        ProcessHandle self = ProcessHandle.current();
        List<ProcessHandle> others = new ArrayList<>();
        if (isAloneWithFirst()) {
            return others;
        }
        self.parent()
                .ifPresent(first -> first.descendants()
                        .filter(process -> !process.equals(self))
                        .forEach(others::add));
        return others;
    }

    /** Most commands leave nothing behind; that is seen sooner than a tree of processes is made. */
    private static boolean isAloneWithFirst() {
        String[] names = new File("/proc").list();
        int processes = 0;
        for (String name : names == null ? new String[0] : names) {
            processes += Character.isDigit(name.charAt(0)) ? 1 : 0;
        }
        return processes == 2;
    }

    private static void awaitEnd(ProcessHandle process) {
        try {
            process.onExit().get(ROUND_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // the next round looks at it again
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

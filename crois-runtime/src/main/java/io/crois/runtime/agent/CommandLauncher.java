package io.crois.runtime.agent;

/** Runs the user's command. The real one starts a child process; a testkit's may do what the command would. */
public interface CommandLauncher {

    /**
     * Runs the command to its end.
     *
     * @param stop tells when the attempt is to be stopped before its end
     * @return how it ended; never fails because of what the command does
     * @throws InterruptedException if the thread is interrupted; the command has been stopped then
     */
    CommandEnd run(Command command, StopSignal stop) throws InterruptedException;
}

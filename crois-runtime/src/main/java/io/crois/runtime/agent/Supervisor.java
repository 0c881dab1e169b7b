package io.crois.runtime.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The control pipe to the first process of the container, {@code src/main/native/agent.c}: it passes signals on to the
 * command's process group and reaps what the command leaves behind.
 */
final class Supervisor {
    /** The system property with the number of the pipe's file descriptor. */
    private static final String PIPE = "crois.pipe";

    private static final int COMMAND_STARTED = 1;
    private static final int COMMAND_ENDED = 2;
    private static final int SIGNAL_GROUP = 3;
    private static final int RESULT = 4;
    private static final int MESSAGE_BYTES = 8;

    static final int STOP_SIGNAL = 0;
    static final int SIGKILL = 9;

    private final FileChannel pipe;
    private final String program;

    private Supervisor(FileChannel pipe, String program) {
        this.pipe = pipe;
        this.program = program;
    }

    /** Returns the supervisor of this process; empty when it was started without one. */
    static Optional<Supervisor> find() {
        String descriptor = System.getProperty(PIPE);
        String home = System.getProperty(AgentHome.PROPERTY);
        if (descriptor == null || home == null) {
            return Optional.empty();
        }
        try {
            FileChannel pipe = FileChannel.open(Path.of("/proc/self/fd", descriptor), StandardOpenOption.WRITE);
            return Optional.of(new Supervisor(pipe, Path.of(home, "agent").toString()));
        } catch (IOException e) {
            throw new UncheckedIOException("The first process of the container cannot be spoken to.", e);
        }
    }

    /** Returns the program that becomes a command: {@code <program> --exec <command> <argument>…}. */
    String program() {
        return program;
    }

    void commandStarted(long process) {
        tell(COMMAND_STARTED, (int) process);
    }

    void commandEnded() {
        tell(COMMAND_ENDED, 0);
    }

    /** Sends a signal to the process group of the command. */
    void signalCommand(int signal) {
        tell(SIGNAL_GROUP, signal);
    }

    /** Says what the container is to end with; without it, this process is taken for one that has failed. */
    void result(int exitCode) {
        tell(RESULT, exitCode);
    }

    /** A message is far shorter than what a pipe takes at once. */
    private void tell(int what, int number) {
        ByteBuffer message = ByteBuffer.allocate(MESSAGE_BYTES).order(ByteOrder.nativeOrder());
        message.putInt(what).putInt(number).flip();
        try {
            pipe.write(message);
        } catch (IOException e) {
            throw new IllegalStateException("The first process of the container does not listen any more.", e);
        }
    }
}

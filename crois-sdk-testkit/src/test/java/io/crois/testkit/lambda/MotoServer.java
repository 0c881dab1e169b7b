package io.crois.testkit.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** A child process that imitates the APIs of AWS, on this machine alone. */
final class MotoServer implements AutoCloseable {
    private final Process process;
    private final URI endpoint;

    private MotoServer(Process process, URI endpoint) {
        this.process = process;
        this.endpoint = endpoint;
    }

    /** Says whether moto can be started. */
    static boolean isInstalled() {
        return program().isPresent();
    }

    private static Optional<File> program() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        Stream<String> folders = Arrays.stream(path.split(File.pathSeparator));
        return folders.map(folder -> new File(folder, "moto_server"))
                .filter(File::canExecute)
                .findFirst();
    }

    /** Starts a server on a free port and waits until it says that it serves. */
    static MotoServer start() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Process process = new ProcessBuilder(
                        program().orElseThrow().getPath(), "-H", "127.0.0.1", "-p", Integer.toString(port))
                .redirectErrorStream(true)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        BufferedReader log =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = log.readLine();
        while (line != null && !line.contains("Running on")) {
            line = log.readLine();
        }
        assertThat(line).as("moto_server said that it runs").isNotNull();
        Thread drain = new Thread(() -> log.lines().forEach(ignored -> {}), "moto-log");
        drain.setDaemon(true);
        drain.start();
        return new MotoServer(process, URI.create("http://127.0.0.1:" + port));
    }

    URI endpoint() {
        return endpoint;
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }
}

package io.crois.testkit.container;

import io.crois.contract.OrderLocation;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where what containers print goes. */
@FunctionalInterface
interface ContainerLog {

    /** Opens a stream for the standard output, and another for the standard error, of one container. */
    OutputStream open(ContainerRequest request, OrderLocation location) throws IOException;

    /** Writes to the log of this process. */
    static ContainerLog logger() {
        Logger logger = LoggerFactory.getLogger(LocalProcessContainers.class);
        return (request, location) -> new LineStream(line -> logger.info("{} | {}", name(location), line));
    }

    /** Passes on lines. */
    static ContainerLog lines(BiConsumer<ContainerRequest, String> lines) {
        return (request, location) -> new LineStream(line -> lines.accept(request, line));
    }

    /** Appends to a file for each container. */
    static ContainerLog files(Path folder) {
        return (request, location) -> {
            Files.createDirectories(folder);
            String name = location.key().pk() + "-" + name(location);
            Path file = folder.resolve(name.replaceAll("[^A-Za-z0-9._\\[\\]-]+", "-") + ".log");
            return Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        };
    }

    private static String name(OrderLocation location) {
        String key = location.key().sk();
        return key.substring(key.indexOf('#') + 1);
    }
}

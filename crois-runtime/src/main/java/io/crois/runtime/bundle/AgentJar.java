package io.crois.runtime.bundle;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The agent's classes and those it needs, from the class path of this program, as one jar. It is not compressed: the
 * bundle is as a whole, and what is not compressed starts sooner.
 */
final class AgentJar {
    private static final List<String> PACKAGES = List.of(
            "io/crois/contract/",
            "io/crois/table/",
            "io/crois/workflow/",
            "io/crois/runtime/agent/",
            "com/fasterxml/jackson/",
            "org/slf4j/");

    /** What only the JSON of records by reflection needs, of which the agent has none. */
    private static final List<String> LEFT_OUT = List.of(
            "com/fasterxml/jackson/dataformat/",
            "com/fasterxml/jackson/datatype/",
            "com/fasterxml/jackson/databind/deser/",
            "com/fasterxml/jackson/databind/ser/",
            "com/fasterxml/jackson/databind/ext/",
            "com/fasterxml/jackson/databind/introspect/",
            "com/fasterxml/jackson/databind/jsontype/");

    private static final String TESTS = "test-classes";
    private static final String SERVICES = "META-INF/services/";
    private static final List<String> SERVICE_PACKAGES = List.of("org.slf4j.");

    /** What the agent itself has to say goes to the container's log, without its own time: the log has one. */
    private static final String LOGGING = """
            org.slf4j.simpleLogger.defaultLogLevel=warn
            org.slf4j.simpleLogger.showThreadName=false
            org.slf4j.simpleLogger.showShortLogName=true
            """;

    private final Map<String, byte[]> entries = new TreeMap<>();

    private AgentJar() {}

    static void write(Path jar) throws IOException {
        AgentJar content = new AgentJar();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (!entry.endsWith(TESTS)) {
                content.addAll(Path.of(entry));
            }
        }
        content.entries.put("simplelogger.properties", LOGGING.getBytes(StandardCharsets.UTF_8));
        content.store(jar);
    }

    private void addAll(Path classes) throws IOException {
        if (Files.isDirectory(classes)) {
            addBelow(classes);
        } else if (classes.toString().endsWith(".jar")) {
            try (FileSystem jar = FileSystems.newFileSystem(classes)) {
                addBelow(jar.getPath("/"));
            }
        }
    }

    private void addBelow(Path root) throws IOException {
        for (Path path : Bundle.content(root)) {
            String name = root.relativize(path).toString();
            if (Files.isRegularFile(path) && isNeeded(name)) {
                byte[] bytes = Files.readAllBytes(path);
                if (name.startsWith(SERVICES)) {
                    entries.merge(name, bytes, AgentJar::joined);
                } else {
                    entries.putIfAbsent(name, bytes);
                }
            }
        }
    }

    private static boolean isNeeded(String name) {
        if (name.startsWith(SERVICES)) {
            return SERVICE_PACKAGES.stream().anyMatch(name.substring(SERVICES.length())::startsWith);
        }
        return PACKAGES.stream().anyMatch(name::startsWith) && LEFT_OUT.stream().noneMatch(name::startsWith);
    }

    private static byte[] joined(byte[] first, byte[] second) {
        try {
            ByteArrayOutputStream both = new ByteArrayOutputStream();
            both.write(first);
            both.write('\n');
            both.write(second);
            return both.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("Memory can be written.", e);
        }
    }

    private void store(Path jar) throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            out.setMethod(ZipOutputStream.STORED);
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                ZipEntry stored = new ZipEntry(entry.getKey());
                CRC32 checksum = new CRC32();
                checksum.update(entry.getValue());
                stored.setCrc(checksum.getValue());
                stored.setSize(entry.getValue().length);
                stored.setLastModifiedTime(Bundle.TIME);
                out.putNextEntry(stored);
                out.write(entry.getValue());
                out.closeEntry();
            }
        }
    }
}

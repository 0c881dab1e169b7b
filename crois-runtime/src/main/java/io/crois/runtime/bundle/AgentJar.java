package io.crois.runtime.bundle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
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
            "io/crois/wire/",
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

    private static final List<String> SERVICE_PACKAGES = List.of("org.slf4j.");

    /** What the agent itself has to say goes to the container's log, without its own time: the log has one. */
    private static final String LOGGING = """
            org.slf4j.simpleLogger.defaultLogLevel=warn
            org.slf4j.simpleLogger.showThreadName=false
            org.slf4j.simpleLogger.showShortLogName=true
            """;

    private AgentJar() {}

    static void write(Path jar) throws IOException {
        SortedMap<String, byte[]> entries = JarContent.ofClassPath(AgentJar::isNeeded);
        entries.put("simplelogger.properties", LOGGING.getBytes(StandardCharsets.UTF_8));
        store(entries, jar);
    }

    private static boolean isNeeded(String name) {
        return name.startsWith(JarContent.SERVICES)
                ? JarContent.isIn(SERVICE_PACKAGES, JarContent.service(name))
                : JarContent.isIn(PACKAGES, name) && !JarContent.isIn(LEFT_OUT, name);
    }

    private static void store(Map<String, byte[]> entries, Path jar) throws IOException {
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

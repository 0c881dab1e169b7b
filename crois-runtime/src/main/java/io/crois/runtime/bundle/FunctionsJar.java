package io.crois.runtime.bundle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The functions and everything they reach, from the class path of this program, as the one jar that AWS Lambda gets;
 * {@code mvn package} runs it.
 *
 * <p>Of the clients of AWS services only the operations that the functions call are in it. Their log is JSON; the same
 * classes elsewhere log as their surroundings do, since it is registered in this jar alone.
 */
public final class FunctionsJar {
    private static final List<String> PACKAGES = List.of(
            "io/crois/contract/",
            "io/crois/table/",
            "io/crois/wire/",
            "io/crois/workflow/",
            "io/crois/runtime/lambda/",
            "io/crois/runtime/logging/",
            "com/amazonaws/services/lambda/runtime/",
            "com/fasterxml/jackson/",
            "io/github/resilience4j/",
            "org/crac/",
            "org/reactivestreams/",
            "org/slf4j/",
            "software/amazon/");

    private static final List<String> LEFT_OUT = List.of(
            "com/fasterxml/jackson/dataformat/",
            "org/slf4j/simple/",
            "software/amazon/awssdk/enhanced/",
            "software/amazon/awssdk/http/apache/",
            "software/amazon/awssdk/http/nio/",
            "software/amazon/awssdk/services/kms/",
            "software/amazon/awssdk/services/secretsmanager/",
            "software/amazon/eventstream/");

    private static final List<String> SERVICES =
            List.of("com.fasterxml.jackson.core.", "com.fasterxml.jackson.databind.");
    private static final String LOG_BINDING = JarContent.SERVICES + "org.slf4j.spi.SLF4JServiceProvider";
    private static final String HTTP_BINDING = JarContent.SERVICES + "software.amazon.awssdk.http.SdkHttpService";

    private FunctionsJar() {}

    /** Writes the jar whose path it is given. */
    public static void main(String[] arguments) throws IOException {
        Path jar = Path.of(arguments[0]).toAbsolutePath();
        SortedMap<String, byte[]> entries = JarContent.ofClassPath(FunctionsJar::isNeeded);
        entries.put(LOG_BINDING, "io.crois.runtime.logging.JsonLogging\n".getBytes(StandardCharsets.UTF_8));
        entries.put(
                HTTP_BINDING,
                "software.amazon.awssdk.http.urlconnection.UrlConnectionSdkHttpService\n"
                        .getBytes(StandardCharsets.UTF_8));
        new ServiceClients(entries).trim();
        store(entries, jar);
        System.out.printf(
                "The functions' jar is made: %.1f MiB, %d files.%n", Files.size(jar) / 1024.0 / 1024.0, entries.size());
    }

    private static boolean isNeeded(String name) {
        return name.startsWith(JarContent.SERVICES)
                ? JarContent.isIn(SERVICES, JarContent.service(name))
                : JarContent.isIn(PACKAGES, name) && !JarContent.isIn(LEFT_OUT, name);
    }

    private static void store(SortedMap<String, byte[]> entries, Path jar) throws IOException {
        Files.createDirectories(jar.resolveSibling("."));
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            out.setLevel(Deflater.BEST_COMPRESSION);
            put(out, "META-INF/MANIFEST.MF");
            manifest().write(out);
            for (String name : entries.keySet()) {
                put(out, name);
                out.write(entries.get(name));
            }
        }
    }

    private static Manifest manifest() {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        return manifest;
    }

    private static void put(ZipOutputStream out, String name) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setLastModifiedTime(Bundle.TIME);
        out.putNextEntry(entry);
    }
}

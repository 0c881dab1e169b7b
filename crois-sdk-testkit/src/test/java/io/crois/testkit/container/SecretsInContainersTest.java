package io.crois.testkit.container;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.crois.contract.ResultProduct;
import io.crois.contract.SecretUse;
import io.crois.workflow.ValueType;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Looks for a secret's value everywhere after and while containers were told it. */
final class SecretsInContainersTest {
    private static final String SECRET = ContainerWorld.SECRET;

    /** The bytes of the value, of its Base64 and of its URL-encoded form, each byte a character. */
    private static final List<String> FORMS = Stream.of(
                    SECRET,
                    Base64.getEncoder().encodeToString(SECRET.getBytes(UTF_8)).replace("=", ""),
                    Base64.getUrlEncoder()
                            .encodeToString(SECRET.getBytes(UTF_8))
                            .replace("=", ""),
                    URLEncoder.encode(SECRET, UTF_8))
            .map(form -> new String(form.getBytes(UTF_8), ISO_8859_1))
            .toList();

    /** What a command can do wrong with a secret, short of writing it to an artifact or to a service of its own. */
    private static final String LEAKY = """
            echo "plain $PASSWORD"; echo "plain $PASSWORD" >&2
            printf %s "$PASSWORD" | base64; printf %s "$PASSWORD" | base64 -w 0 >&2
            printf '%s' "$PASSWORD" | head -c 9; sleep 0.2; printf '%s\\n' "$PASSWORD" | tail -c +10
            cat "$CROIS_SECRETS/password"; echo
            echo "{\\"type\\": \\"message\\", \\"message\\": \\"$PASSWORD\\"}" >> "$CROIS_EVENTS"
            echo "broken $PASSWORD" >> "$CROIS_EVENTS"
            echo up
            """;

    @Test
    void a_secret_is_found_nowhere_but_in_the_command() throws Exception {
        try (ContainerWorld world = ContainerWorld.open()) {
            Map<String, String> places = new TreeMap<>();
            ContainerWorld.Step waiting = leaky(world, LEAKY + "while [ ! -e /tmp/go ]; do sleep 0.1; done", "debian")
                    .start()
                    .awaitLine("up");
            places.putAll(processes());
            waiting.stop();
            waiting.await();
            ContainerWorld.Step failing =
                    leaky(world, LEAKY + "echo \"{\\\"auc\\\": \\\"$PASSWORD\\\"}\" > $CROIS_RESULTS", "nobody");
            assertThat(failing.exitCode()).isEqualTo(244);

            places.put("output of a stopped container", latin(waiting.printed()));
            places.put("output of a failed container", latin(failing.printed()));
            places.putAll(items(world));
            places.putAll(objects(world));
            places.putAll(files(world.volume().resolve("work")));

            assertThat(places).hasSizeGreaterThan(10);
            assertThat(failing.printed()).contains("plain ***");
            assertThat(places.entrySet().stream()
                            .filter(place -> FORMS.stream().anyMatch(place.getValue()::contains))
                            .map(Map.Entry::getKey))
                    .isEmpty();
        }
    }

    private static ContainerWorld.Step leaky(ContainerWorld world, String script, String image) {
        return world.step(image, script)
                .secret(new SecretUse("PASSWORD", null, "warehouse"))
                .secret(new SecretUse(null, "password", "warehouse"))
                .result(new ResultProduct("auc", ValueType.NUMBER));
    }

    /** The command itself has the secret in its environment, where the author wants it; nobody else may. */
    private static Map<String, String> processes() throws IOException {
        Map<String, String> found = new TreeMap<>();
        for (ProcessHandle process : ProcessHandle.allProcesses().toList()) {
            Path folder = Path.of("/proc", Long.toString(process.pid()));
            for (String file : List.of("cmdline", "environ")) {
                String content = read(folder.resolve(file));
                if (file.equals("cmdline") || !content.contains("CROIS_SECRETS=")) {
                    found.put(folder + "/" + file, content);
                }
            }
        }
        return found;
    }

    private static Map<String, String> items(ContainerWorld world) {
        Map<String, String> found = new TreeMap<>();
        world.services
                .dynamoDb
                .scanPaginator(request -> request.tableName("crois"))
                .items()
                .forEach(item -> found.put("item " + item.get("pk") + item.get("sk"), latin(item.toString())));
        return found;
    }

    private static Map<String, String> objects(ContainerWorld world) {
        Map<String, String> found = new TreeMap<>();
        world.services.s3.listObjectsV2Paginator(request -> request.bucket("crois")).contents().stream()
                .map(object -> object.key())
                .forEach(key -> found.put(
                        "object " + key,
                        new String(
                                world.services
                                        .s3
                                        .getObjectAsBytes(
                                                get -> get.bucket("crois").key(key))
                                        .asByteArray(),
                                ISO_8859_1)));
        return found;
    }

    private static Map<String, String> files(Path folder) throws IOException {
        Map<String, String> found = new TreeMap<>();
        List<Path> all = new ArrayList<>();
        try (Stream<Path> below = Files.walk(folder)) {
            below.filter(Files::isRegularFile).forEach(all::add);
        }
        for (Path file : all) {
            found.put("file " + file, read(file));
        }
        return found;
    }

    /** A process may end while it is looked at. */
    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }

    private static String latin(String text) {
        return new String(text.getBytes(UTF_8), ISO_8859_1);
    }
}

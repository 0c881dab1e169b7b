package io.crois.testkit.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.crois.contract.ResultProduct;
import io.crois.workflow.ValueType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Looks for a secret's value everywhere after and while containers were told it. */
final class SecretsInContainersTest {
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
            SecretSearch search = new SecretSearch();
            ContainerWorld.Step waiting = leaky(world, LEAKY + "while [ ! -e /tmp/go ]; do sleep 0.1; done", "debian")
                    .start()
                    .awaitLine("up");
            search.processes();
            waiting.stop();
            waiting.await();
            ContainerWorld.Step failing =
                    leaky(world, LEAKY + "echo \"{\\\"auc\\\": \\\"$PASSWORD\\\"}\" > $CROIS_RESULTS", "nobody");
            assertThat(failing.exitCode()).isEqualTo(244);
            ContainerWorld.Step small = leaky(world, LEAKY + "exit 9", "musl");
            assertThat(small.exitCode()).isEqualTo(9);

            search.remains(world);

            assertThat(search.size()).isGreaterThan(10);
            assertThat(List.of(waiting.printed(), failing.printed(), small.printed()))
                    .allSatisfy(printed -> assertThat(printed).contains("plain ***"));
            assertThat(search.finds()).isEmpty();
        }
    }

    @Test
    void the_search_finds_a_secret_that_is_there() throws Exception {
        try (ContainerWorld world = ContainerWorld.open()) {
            Path leak = Files.createTempFile(Path.of("/dev/shm"), "crois-test-leak-", "");
            try {
                Files.writeString(leak, "-".repeat((1 << 20) - 8) + ContainerWorld.SECRET);
                assertThat(new SecretSearch().processes().remains(world).finds())
                        .containsExactly("file " + leak);
            } finally {
                Files.delete(leak);
            }
        }
    }

    private static ContainerWorld.Step leaky(ContainerWorld world, String script, String image) {
        return world.step(image, script).result(new ResultProduct("auc", ValueType.NUMBER));
    }
}

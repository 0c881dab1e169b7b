package io.crois.testkit.project;

import static org.assertj.core.api.Assertions.assertThat;

import io.crois.project.ProjectDefinition;
import io.crois.project.Removal;
import io.crois.testkit.aws.InMemoryAws;
import io.crois.testkit.moto.PassingTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import software.amazon.awssdk.services.kms.model.KeyState;

/** Several provisioners, each in a thread of its own, at the same project. */
final class ConcurrentProvisionersTest {
    private static final int AT_ONCE = 4;

    private final InMemoryAws aws = InMemoryAws.create();

    private World world() {
        return new World(InMemoryClients.of(aws), World.platform("111111111111"), new PassingTime());
    }

    private static <T> List<T> atOnce(Callable<T> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> result : threads.invokeAll(
                    IntStream.range(0, AT_ONCE).mapToObj(i -> work).toList())) {
                results.add(result.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    @RepeatedTest(5)
    void they_make_one_project_with_one_key_and_remove_it_together() throws Exception {
        World first = world().install();
        atOnce(() -> world().provisioner().applyAccount());
        Map<String, Object> before = first.state();
        ProjectDefinition demo =
                ProjectDefinition.named("demo").addApplication(first.crafto()).build();

        List<String> keys = atOnce(() ->
                String.valueOf(world().provisioner().apply(demo).settings().kmsKey()));

        assertThat(keys).hasSize(AT_ONCE).containsOnly(keys.get(0));
        assertThat(first.provisioner().plan(demo).isEmpty()).isTrue();
        assertThat(aws.kms().listKeys(request -> {}).keys())
                .filteredOn(key -> aws.kms()
                                .describeKey(request -> request.keyId(key.keyId()))
                                .keyMetadata()
                                .keyState()
                        == KeyState.ENABLED)
                .hasSize(1);

        atOnce(() -> world().provisioner().destroy(Removal.of("demo").confirmedBy("demo")));

        assertThat(new TreeMap<>(first.state())).isEqualTo(before);
    }
}

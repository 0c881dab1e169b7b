package io.crois.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.crois.asl.StateMachine;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class WorkloadTest {

    @ParameterizedTest
    @MethodSource("workloads")
    void every_workload_is_a_valid_machine(Workload workload, Language language) {
        assertThat(StateMachine.parse(workload.definition(language, 100)).validate())
                .isEmpty();
    }

    private static Stream<Arguments> workloads() {
        return Stream.of(Workload.values())
                .flatMap(workload -> Stream.of(Language.values()).map(language -> Arguments.of(workload, language)));
    }
}

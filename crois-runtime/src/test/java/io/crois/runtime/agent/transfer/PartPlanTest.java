package io.crois.runtime.agent.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PartPlanTest {
    private static final long MIB = 1024 * 1024;

    @ParameterizedTest
    @CsvSource({"17, 2, 16", "32, 2, 16", "6000, 375, 16", "160000, 10000, 16", "160001, 5001, 32", "5242880, 9930, 528"
    })
    void a_file_of_any_size_has_at_most_ten_thousand_parts(long mebibytes, int parts, long partMebibytes) {
        PartPlan plan = PartPlan.of(mebibytes * MIB, TransferLimits.defaults());

        assertThat(plan.count()).isEqualTo(parts);
        assertThat(plan.partBytes()).isEqualTo(partMebibytes * MIB);
    }

    @Test
    void parts_follow_each_other_without_a_gap_and_the_last_holds_the_rest() {
        List<PartPlan.Part> parts =
                PartPlan.of(2_500, new TransferLimits(1_000, 10, 10_000, 1)).parts();

        assertThat(parts)
                .containsExactly(
                        new PartPlan.Part(1, 0, 1_000),
                        new PartPlan.Part(2, 1_000, 1_000),
                        new PartPlan.Part(3, 2_000, 500));
    }
}

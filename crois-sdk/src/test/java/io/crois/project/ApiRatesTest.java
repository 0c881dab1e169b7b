package io.crois.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ApiRatesTest {
    /** Requests a second by default, from the page "Request quotas" of the AWS KMS Developer Guide. */
    private static final Map<String, Integer> QUOTAS = Map.ofEntries(
            Map.entry("kms:CancelKeyDeletion", 5),
            Map.entry("kms:CreateAlias", 5),
            Map.entry("kms:CreateKey", 5),
            Map.entry("kms:DeleteAlias", 15),
            Map.entry("kms:DescribeKey", 2_000),
            Map.entry("kms:EnableKey", 5),
            Map.entry("kms:EnableKeyRotation", 15),
            Map.entry("kms:GetKeyPolicy", 1_000),
            Map.entry("kms:GetKeyRotationStatus", 1_000),
            Map.entry("kms:ListAliases", 500),
            Map.entry("kms:ListGrants", 100),
            Map.entry("kms:ListKeys", 500),
            Map.entry("kms:ListResourceTags", 2_000),
            Map.entry("kms:PutKeyPolicy", 15),
            Map.entry("kms:RotateKeyOnDemand", 5),
            Map.entry("kms:ScheduleKeyDeletion", 15),
            Map.entry("kms:TagResource", 10),
            Map.entry("kms:UntagResource", 5));

    @Test
    void no_operation_of_kms_is_called_more_often_than_its_quota_allows() {
        QUOTAS.forEach((operation, quota) -> {
            assertThat(ApiRates.rate(operation, true)).as(operation).isLessThanOrEqualTo(quota);
            assertThat(ApiRates.rate(operation, false)).as(operation).isLessThanOrEqualTo(quota);
        });
    }

    @Test
    void calls_of_one_operation_are_spread_and_those_of_another_are_not_held_up() {
        ApiRates rates = new ApiRates();
        Instant now = Instant.parse("2026-01-01T00:00:00Z");

        assertThat(rates.reserve("kms:CreateKey", true, now)).isZero();
        assertThat(rates.reserve("kms:CreateKey", true, now)).isEqualTo(Duration.ofMillis(200));
        assertThat(rates.reserve("kms:CreateKey", true, now)).isEqualTo(Duration.ofMillis(400));
        assertThat(rates.reserve("kms:CreateAlias", true, now)).isZero();
        assertThat(rates.reserve("kms:CreateKey", true, now.plusSeconds(2))).isZero();
    }

    @Test
    void changes_of_iam_are_slower_than_looks_at_it() {
        assertThat(ApiRates.rate("iam:CreateRole", true)).isEqualTo(5);
        assertThat(ApiRates.rate("iam:GetRole", false)).isEqualTo(20);
    }
}

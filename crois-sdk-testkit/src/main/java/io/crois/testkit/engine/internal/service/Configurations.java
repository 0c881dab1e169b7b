package io.crois.testkit.engine.internal.service;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.EncryptionConfiguration;
import software.amazon.awssdk.services.sfn.model.EncryptionType;
import software.amazon.awssdk.services.sfn.model.LogDestination;
import software.amazon.awssdk.services.sfn.model.LogLevel;
import software.amazon.awssdk.services.sfn.model.LoggingConfiguration;
import software.amazon.awssdk.services.sfn.model.TracingConfiguration;

/** Checks how a machine logs, traces and encrypts, and fills in what the service takes where nothing is said. */
final class Configurations {

    private static final int DATA_KEY_SECONDS = 300;

    private Configurations() {}

    /** Without a level nothing is logged; with one, exactly one log group is needed. */
    static LoggingConfiguration logging(@Nullable LoggingConfiguration wanted) {
        LoggingConfiguration given =
                wanted == null ? LoggingConfiguration.builder().build() : wanted;
        LogLevel level = given.level() == null ? LogLevel.OFF : given.level();
        if (level != LogLevel.OFF
                && (given.destinations().size() != 1
                        || isEmpty(given.destinations().get(0)))) {
            throw Refusal.logging("Must specify exactly one Log Destination.");
        }
        return given.toBuilder()
                .level(level)
                .includeExecutionData(Boolean.TRUE.equals(given.includeExecutionData()))
                .build();
    }

    private static boolean isEmpty(LogDestination destination) {
        return destination.cloudWatchLogsLogGroup() == null
                || destination.cloudWatchLogsLogGroup().logGroupArn() == null;
    }

    static TracingConfiguration tracing(@Nullable TracingConfiguration wanted) {
        return TracingConfiguration.builder()
                .enabled(wanted != null && Boolean.TRUE.equals(wanted.enabled()))
                .build();
    }

    /** A key of the customer is reused for 300 seconds unless something else is said. */
    static EncryptionConfiguration encryption(@Nullable EncryptionConfiguration wanted) {
        if (wanted == null) {
            return EncryptionConfiguration.builder()
                    .type(EncryptionType.AWS_OWNED_KEY)
                    .build();
        }
        if (wanted.type() != EncryptionType.CUSTOMER_MANAGED_KMS_KEY) {
            return wanted;
        }
        if (wanted.kmsKeyId() == null) {
            throw Refusal.encryption("kmsKeyId must be specified for the type CUSTOMER_MANAGED_KMS_KEY.");
        }
        return wanted.kmsDataKeyReusePeriodSeconds() != null
                ? wanted
                : wanted.toBuilder()
                        .kmsDataKeyReusePeriodSeconds(DATA_KEY_SECONDS)
                        .build();
    }
}

package io.crois.execution;

import io.crois.workflow.CroisException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.EncryptionConfiguration;
import software.amazon.awssdk.services.sfn.model.EncryptionType;
import software.amazon.awssdk.services.sfn.model.LogLevel;
import software.amazon.awssdk.services.sfn.model.LoggingConfiguration;
import software.amazon.awssdk.services.sfn.model.TracingConfiguration;

/**
 * How Step Functions logs, traces and encrypts a project's state machines. A change of any of them is a new version of
 * every machine that is deployed after it.
 *
 * @param logGroup the ARN of a CloudWatch log group, without {@code :*}; {@code null} logs nothing. The flow role then
 *     needs the rights of log delivery
 * @param logLevel what is logged
 * @param logData whether inputs and outputs of states are logged as well; Crois passes ids only
 * @param traced whether X-Ray traces executions
 * @param kmsKey the ARN of the key that encrypts definitions and histories; {@code null} for the service's own. The
 *     flow role and everybody who reads executions then need {@code kms:Decrypt}
 * @param keyReuse how long a data key is used, 60 to 900 seconds
 */
public record MachineSettings(
        @Nullable String logGroup,
        LogLevel logLevel,
        boolean logData,
        boolean traced,
        @Nullable String kmsKey,
        Duration keyReuse) {
    private static final Duration DEFAULT_REUSE = Duration.ofSeconds(300);
    private static final Duration SHORTEST_REUSE = Duration.ofSeconds(60);
    private static final Duration LONGEST_REUSE = Duration.ofSeconds(900);

    /** Checks the reuse of data keys. */
    public MachineSettings {
        if (keyReuse.compareTo(SHORTEST_REUSE) < 0 || keyReuse.compareTo(LONGEST_REUSE) > 0) {
            throw new CroisException("A data key is reused for " + keyReuse.toSeconds()
                    + " seconds, but Step Functions takes 60 to 900 seconds.");
        }
    }

    /** Returns settings without logs and traces, encrypted by the service. */
    public static MachineSettings plain() {
        return new MachineSettings(null, LogLevel.OFF, false, false, null, DEFAULT_REUSE);
    }

    /** Returns the same settings with logs. */
    public MachineSettings loggedTo(String group, LogLevel level) {
        return new MachineSettings(group, level, logData, traced, kmsKey, keyReuse);
    }

    /** Returns the same settings with traces. */
    public MachineSettings withTracing() {
        return new MachineSettings(logGroup, logLevel, logData, true, kmsKey, keyReuse);
    }

    /** Returns the same settings with definitions and histories under a key of the customer. */
    public MachineSettings encryptedWith(String key) {
        return new MachineSettings(logGroup, logLevel, logData, traced, key, keyReuse);
    }

    LoggingConfiguration logging() {
        LoggingConfiguration.Builder logging =
                LoggingConfiguration.builder().level(logLevel).includeExecutionData(logData);
        if (logGroup != null) {
            logging.destinations(to -> to.cloudWatchLogsLogGroup(group -> group.logGroupArn(logGroup + ":*")));
        }
        return logging.build();
    }

    TracingConfiguration tracing() {
        return TracingConfiguration.builder().enabled(traced).build();
    }

    EncryptionConfiguration encryption() {
        return kmsKey == null
                ? EncryptionConfiguration.builder()
                        .type(EncryptionType.AWS_OWNED_KEY)
                        .build()
                : EncryptionConfiguration.builder()
                        .type(EncryptionType.CUSTOMER_MANAGED_KMS_KEY)
                        .kmsKeyId(kmsKey)
                        .kmsDataKeyReusePeriodSeconds(Math.toIntExact(keyReuse.toSeconds()))
                        .build();
    }
}

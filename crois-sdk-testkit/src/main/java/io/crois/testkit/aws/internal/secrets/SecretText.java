package io.crois.testkit.aws.internal.secrets;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;

/** What a version of a secret holds: a text or bytes. It never shows what. */
public record SecretText(@Nullable String text, @Nullable SdkBytes binary) {

    private static final int MAX_BYTES = 65_536;

    /** Checks that there is one of them, not both, and that it is small enough. */
    public SecretText {
        if (text != null && binary != null) {
            throw SecretRefusal.invalidParameter(
                    "You can't specify both a binary secret value and a string secret value.");
        }
        if (bytes(text, binary) > MAX_BYTES) {
            throw SecretRefusal.validation("1 validation error detected: Value at '"
                    + (text == null ? "secretBinary" : "secretString")
                    + "' failed to satisfy constraint: Member must have length less than or equal to 65536");
        }
    }

    private static int bytes(@Nullable String text, @Nullable SdkBytes binary) {
        if (binary != null) {
            return binary.asByteArrayUnsafe().length;
        }
        return text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
    }

    boolean isMissing() {
        return text == null && binary == null;
    }

    @Override
    public String toString() {
        return "SecretText[hidden]";
    }
}

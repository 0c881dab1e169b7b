package io.crois.samples.crafto.step;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Releases the model and signs it with the secret {@code SIGNING_KEY}, so that a later reader knows where it is from.
 */
final class Deploy implements Step {
    @Override
    public void run(StepContext context) throws IOException, GeneralSecurityException {
        Path model = context.input("model");
        Files.copy(model, context.output("deployed-model"));
        String signature = sign(Files.readAllBytes(model), context.variable("SIGNING_KEY"));
        Files.writeString(context.output("signature"), signature);
        context.progress(1, 1, "signed");
    }

    /** The HMAC-SHA-256 in hexadecimal digits. */
    static String sign(byte[] content, String key) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(content));
    }
}

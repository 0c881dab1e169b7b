package io.crois.runtime.agent;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The forms in which a secret may get into what a command prints: as it is, each of its lines, in Base64 (also of the
 * value with something before or behind it), and URL-encoded.
 */
final class SecretForms {
    /** A shorter part of a secret tells nothing, and may stand anywhere. */
    private static final int SHORTEST_PART = 8;

    private static final int BASE64_GROUP = 3;

    private SecretForms() {}

    static Set<String> of(String value) {
        Set<String> forms = new LinkedHashSet<>();
        forms.add(value);
        addPart(forms, value.strip());
        value.lines().map(String::strip).forEach(line -> addPart(forms, line));
        addPart(forms, URLEncoder.encode(value, StandardCharsets.UTF_8));
        addPart(forms, URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20"));
        for (int before = 0; before < BASE64_GROUP; before++) {
            addPart(forms, base64(value, before, Base64.getEncoder()));
            addPart(forms, base64(value, before, Base64.getUrlEncoder()));
        }
        forms.remove("");
        return forms;
    }

    private static void addPart(Set<String> forms, String part) {
        if (part.length() >= SHORTEST_PART) {
            forms.add(part);
        }
    }

    /** Only the digits that depend on the value alone, wherever it stands in what is encoded. */
    private static String base64(String value, int before, Base64.Encoder encoder) {
        byte[] secret = value.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = new byte[before + secret.length];
        System.arraycopy(secret, 0, bytes, before, secret.length);
        String digits = encoder.withoutPadding().encodeToString(bytes);
        int first = before == 0 ? 0 : before + 1;
        int last = bytes.length / BASE64_GROUP * (BASE64_GROUP + 1);
        return first < last ? digits.substring(first, last) : "";
    }
}

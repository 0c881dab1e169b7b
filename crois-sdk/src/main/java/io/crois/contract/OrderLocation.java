package io.crois.contract;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Where a task order lies: the value of {@code CROIS_ORDER}, {@code <table>/<pk>/<sk>} with each part URL-encoded. */
public record OrderLocation(String table, ItemKey key) {

    /** The name of the only variable that is passed to a container by override. */
    public static final String VARIABLE = "CROIS_ORDER";

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException if the text does not have three parts
     */
    public static OrderLocation parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException(
                    VARIABLE + " must be `<table>/<pk>/<sk>`, each part URL-encoded, but was `" + text + "`.");
        }
        return new OrderLocation(decode(parts[0]), new ItemKey(decode(parts[1]), decode(parts[2])));
    }

    /** Returns the text form. */
    public String text() {
        return encode(table) + "/" + encode(key.pk()) + "/" + encode(key.sk());
    }

    private static String encode(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8);
    }

    private static String decode(String part) {
        return URLDecoder.decode(part, StandardCharsets.UTF_8);
    }
}

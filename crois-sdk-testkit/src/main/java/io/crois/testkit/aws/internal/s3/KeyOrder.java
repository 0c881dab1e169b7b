package io.crois.testkit.aws.internal.s3;

import java.util.Comparator;

/** The order of keys: that of their bytes in UTF-8, which is that of their code points. */
final class KeyOrder {

    static final Comparator<String> BY_BYTES = KeyOrder::compare;

    private KeyOrder() {}

    private static int compare(String left, String right) {
        int length = Math.min(left.length(), right.length());
        for (int i = 0; i < length; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                boolean mixed = Character.isSurrogate(a) != Character.isSurrogate(b);
                return mixed
                        ? Boolean.compare(Character.isSurrogate(a), Character.isSurrogate(b))
                        : Character.compare(a, b);
            }
        }
        return Integer.compare(left.length(), right.length());
    }
}

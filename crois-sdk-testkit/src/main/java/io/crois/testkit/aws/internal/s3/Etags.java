package io.crois.testkit.aws.internal.s3;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Entity tags. */
final class Etags {

    private Etags() {}

    /** Returns the tag of an object in one piece: its MD5, but for objects under a key of KMS something else. */
    static String ofWhole(byte[] md5, Map<String, String> headers) {
        String kmsKey = headers.getOrDefault(Headers.KMS_KEY, "");
        boolean plain = "AES256".equals(headers.get(Headers.ENCRYPTION));
        return plain ? quoted(md5) : quoted(digest(List.of(md5, kmsKey.getBytes(StandardCharsets.UTF_8))));
    }

    /** Returns the tag of an object in parts. */
    static String ofParts(List<byte[]> md5s) {
        return "\"" + HexFormat.of().formatHex(digest(md5s)) + "-" + md5s.size() + "\"";
    }

    static String quoted(byte[] md5) {
        return "\"" + HexFormat.of().formatHex(md5) + "\"";
    }

    private static byte[] digest(List<byte[]> pieces) {
        ChecksumKind.Accumulator md5 = ChecksumKind.of("MD5");
        pieces.forEach(piece -> md5.update(piece, 0, piece.length));
        return md5.value();
    }
}

package io.crois.asl.internal;

import java.util.regex.Pattern;

/** Paths that lead to one place: no wildcards, filters, slices or searches at any depth. */
final class ReferencePathSyntax {
    private static final Pattern STEPS = Pattern.compile(
            "(?:\\.[^.\\[\\]*?,:()\\s][^.\\[\\]*?,:()]*+|\\.?\\[\\d++]|\\.?\\['(?:[^'\\\\]|\\\\.)*+']|\\.?\\[\"(?:[^\"\\\\]|\\\\.)*+\"])*+");
    private static final Pattern ROOT = Pattern.compile("\\$(?:\\$|[\\p{L}_][\\p{L}\\p{N}_]*+)?+");

    private ReferencePathSyntax() {}

    /** Returns whether it is one; {@code withContext}: it may begin at the context object. */
    static boolean valid(String path, boolean withContext) {
        var root = ROOT.matcher(path);
        return root.lookingAt()
                && (withContext || !path.startsWith("$$"))
                && STEPS.matcher(path.substring(root.end())).matches();
    }
}

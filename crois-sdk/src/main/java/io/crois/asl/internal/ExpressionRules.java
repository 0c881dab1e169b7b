package io.crois.asl.internal;

/** JSONata texts. */
final class ExpressionRules {
    private ExpressionRules() {}

    static void check(Part text) {
        String value = text.node().textValue();
        if (value.startsWith("{%") && !Part.isDelimited(value)) {
            text.report("JSONata string must start with {% and end with %}");
        }
    }
}

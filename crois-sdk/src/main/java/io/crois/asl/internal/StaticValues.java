package io.crois.asl.internal;

/** Values that are taken as they stand in JSONPath, and may look as if they were not. */
final class StaticValues {
    private StaticValues() {}

    /** Checks {@code Error} or {@code Cause} of a Fail state. */
    static void checkText(Part text) {
        ValueRules.text().check(text);
        String value = text.node().asText();
        if (!text.isJsonata() && TemplateSyntax.isMeant(value)) {
            text.findings()
                    .warning(
                            "NO_PATH",
                            text.place(),
                            "The value looks like a path, but the name of the field does not end with 'Path'");
        }
    }

    /** Checks {@code Result} of a Pass state. */
    static void checkResult(Part result) {
        if (result.node().isTextual() && TemplateSyntax.isMeant(result.node().textValue())) {
            warn(result);
        }
        result.elements().forEach(StaticValues::checkResult);
        if (result.node().isObject()) {
            result.node().fieldNames().forEachRemaining(name -> {
                if (name.endsWith(".$")) {
                    warn(result.at(name));
                } else {
                    checkResult(result.at(name));
                }
            });
        }
    }

    private static void warn(Part value) {
        value.findings()
                .warning(
                        "PASS_RESULT_IS_STATIC",
                        value.place(),
                        "The result of a Pass state is static: no path in it is followed");
    }
}

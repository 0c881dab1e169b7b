package io.crois.asl.internal;

import com.fasterxml.jackson.databind.JsonNode;

/** Payload templates of JSONPath, and payloads with JSONata texts in them. */
final class Payloads {
    private Payloads() {}

    /** Checks a payload of either language. */
    static void check(Part payload) {
        if (payload.isJsonata()) {
            checkTexts(payload);
        } else {
            checkTemplate(payload);
        }
    }

    private static void checkTexts(Part value) {
        if (value.node().isTextual()) {
            ExpressionRules.check(value);
        }
        value.elements().forEach(Payloads::checkTexts);
        if (value.node().isObject()) {
            value.node().fieldNames().forEachRemaining(name -> checkTexts(value.at(name)));
        }
    }

    private static void checkTemplate(Part template) {
        template.elements().forEach(Payloads::checkTemplate);
        if (template.node().isObject()) {
            template.node().fieldNames().forEachRemaining(name -> checkTemplateField(template, name));
        }
    }

    private static void checkTemplateField(Part template, String name) {
        JsonNode value = template.node().path(name);
        if (!name.endsWith(".$")) {
            warnOfPath(template.at(name), name);
            checkTemplate(template.at(name));
        } else if (!value.isTextual() || !new TemplateSyntax(value.textValue()).valid()) {
            template.report("The value for the field '" + name
                    + "' must be a valid JSONPath or a valid intrinsic function call");
        }
    }

    private static void warnOfPath(Part value, String name) {
        if (value.node().isTextual() && TemplateSyntax.isMeant(value.node().textValue())) {
            value.findings()
                    .warning(
                            "NO_DOLLAR",
                            value.place(),
                            "The value of the field '" + name + "' looks like a JSONPath or an intrinsic function call,"
                                    + " but the name of the field does not end with '.$'");
        }
    }
}

package io.crois.asl;

/** The language in which a machine or a state reads and shapes JSON. */
public enum QueryLanguage {
    /** Paths, reference paths and intrinsic functions; the default where nothing is said. */
    JSONPATH("JSONPath"),
    /** Expressions between {@code {%} and {@code %}}. */
    JSONATA("JSONata");

    private final String text;

    QueryLanguage(String text) {
        this.text = text;
    }

    /** Returns the spelling of the definition, {@code JSONPath} or {@code JSONata}. */
    public String text() {
        return text;
    }

    static QueryLanguage of(String text, String place) {
        for (QueryLanguage language : values()) {
            if (language.text.equals(text)) {
                return language;
            }
        }
        throw new AslFormatException(place, "`QueryLanguage` must be `JSONPath` or `JSONata`, but was `" + text + "`.");
    }
}

package io.crois.testkit.aws.internal.iam;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Checks and writes the documents of policies. */
public final class PolicyDocument {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private PolicyDocument() {}

    /** Returns a document that is JSON and has a statement; refuses any other, and one that is too long. */
    static String checked(@Nullable String document, int limit) {
        if (document == null) {
            throw IamRefusal.document();
        }
        JsonNode json;
        try {
            json = MAPPER.readTree(document);
        } catch (JsonProcessingException e) {
            throw IamRefusal.document();
        }
        if (!json.path("Statement").isContainerNode()) {
            throw IamRefusal.document();
        }
        if (length(document) > limit) {
            throw IamRefusal.limit("Cannot exceed quota for PolicySize: " + limit);
        }
        return document;
    }

    /** Returns how long a document is for a quota, which does not count white space. */
    static int length(String document) {
        return (int) document.chars().filter(c -> !Character.isWhitespace(c)).count();
    }

    /** Returns a document as the service answers with it: percent-encoded, as in a URL. */
    public static String encoded(String document) {
        return URLEncoder.encode(document, StandardCharsets.UTF_8).replace("+", "%20");
    }
}

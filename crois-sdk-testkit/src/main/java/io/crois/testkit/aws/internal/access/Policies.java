package io.crois.testkit.aws.internal.access;

import io.crois.testkit.policy.PolicyDocument;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Reads policies, each text once. Thread-safe. */
final class Policies {

    private final Map<String, PolicyDocument> read = new ConcurrentHashMap<>();

    PolicyDocument parse(String name, String json) {
        return read.computeIfAbsent(name + "\n" + json, text -> PolicyDocument.parse(name, json));
    }
}

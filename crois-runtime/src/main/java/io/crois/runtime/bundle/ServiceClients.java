package io.crois.runtime.bundle;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;

/**
 * Takes out of a jar what its code does not reach of the clients of AWS services: the operations that nobody calls, and
 * then the classes that nothing names any more. All other classes stay.
 *
 * <p>A client's methods for an operation are told by their name: those of the interface that somebody calls by that
 * name on it or on one of its implementations are kept, with all that they call themselves.
 */
final class ServiceClients {
    private static final String CLASS = ".class";
    private static final String SERVICES = "software/amazon/awssdk/services/";

    /** What finds a call's endpoint names the requests of all operations, and touches only the one that is made. */
    private static final String ENDPOINTS = "/endpoints/internal/";

    private static final String MODEL = "/model/";
    private static final String INTERCEPTORS = "execution.interceptors";

    /** What a client has besides its operations. */
    private static final Set<String> ALWAYS =
            Set.of("<init>", "<clinit>", "close", "serviceName", "serviceClientConfiguration", "invokeOperation");

    private final SortedMap<String, byte[]> entries;

    /** The interface of each class that is a client; of an interface, itself. */
    private final Map<String, String> clients = new HashMap<>();

    /** The methods of an interface of a client. */
    private final Map<String, Set<String>> operations = new HashMap<>();

    private final Set<String> called = new HashSet<>();
    private final Set<String> reached = new HashSet<>();
    private final Deque<String> toRead = new ArrayDeque<>();

    ServiceClients(SortedMap<String, byte[]> entries) {
        this.entries = entries;
    }

    void trim() {
        entries.entrySet()
                .removeIf(file -> file.getKey().endsWith(INTERCEPTORS)
                        && named(file.getValue()).anyMatch(type -> !entries.containsKey(type + CLASS)));
        findClients();
        readAll();
        entries.keySet().removeIf(name -> isServiceClass(name) && !reached.contains(internalName(name)));
        reached.forEach(type -> entries.computeIfPresent(
                type + CLASS, (name, bytes) -> References.without(bytes, method -> !isKept(type, method))));
    }

    /** The interface of a client, what implements it, and what extends that. */
    private void findClients() {
        Map<String, ClassReader> readers = new HashMap<>();
        entries.forEach((name, bytes) -> {
            if (isServiceClass(name)) {
                readers.put(internalName(name), new ClassReader(bytes));
            }
        });
        readers.forEach((name, reader) -> {
            if (isClientInterface(reader)) {
                operations.put(name, References.methods(reader));
                clients.put(name, name);
            }
        });
        boolean more = true;
        while (more) {
            more = false;
            for (Map.Entry<String, ClassReader> entry : readers.entrySet()) {
                for (String parent : parents(entry.getValue())) {
                    String client = clients.get(parent);
                    more |= client != null && clients.putIfAbsent(entry.getKey(), client) == null;
                }
            }
        }
    }

    private static boolean isClientInterface(ClassReader reader) {
        return List.of(reader.getInterfaces()).contains("software/amazon/awssdk/awscore/AwsClient");
    }

    private static List<String> parents(ClassReader reader) {
        List<String> parents = new ArrayList<>(List.of(reader.getInterfaces()));
        parents.add(reader.getSuperName());
        return parents;
    }

    private void readAll() {
        entries.forEach((name, bytes) -> {
            if (name.endsWith(CLASS) && !isServiceClass(name)) {
                read(internalName(name));
            } else if (name.startsWith(SERVICES) && name.endsWith(INTERCEPTORS)) {
                named(bytes).forEach(this::reach);
            }
        });
        int before = -1;
        while (before != called.size()) {
            before = called.size();
            toRead.addAll(clients.keySet().stream().filter(reached::contains).toList());
            while (!toRead.isEmpty()) {
                read(toRead.remove());
            }
        }
    }

    /** The classes that a client makes by their names, a line each. */
    private static Stream<String> named(byte[] lines) {
        return new String(lines, StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .map(line -> line.replace('.', '/'));
    }

    private void read(String type) {
        byte[] bytes = entries.get(type + CLASS);
        if (bytes != null) {
            boolean endpoints = type.contains(ENDPOINTS);
            References.in(
                    bytes,
                    method -> isKept(type, method),
                    named -> {
                        if (!endpoints || !named.contains(MODEL)) {
                            reach(named);
                        }
                    },
                    this::call);
        }
    }

    private void reach(String type) {
        if (type.startsWith(SERVICES) && entries.containsKey(type + CLASS) && reached.add(type)) {
            toRead.add(type);
        }
    }

    private void call(String owner, String method) {
        String client = clients.get(owner);
        if (client != null) {
            called.add(client + "#" + method);
        }
    }

    private boolean isKept(String type, String method) {
        String client = clients.get(type);
        if (client == null || ALWAYS.contains(method)) {
            return true;
        }
        boolean mayGo = method.startsWith("lambda$")
                || operations.getOrDefault(client, Set.of()).contains(method);
        return !mayGo || called.contains(client + "#" + method);
    }

    private static boolean isServiceClass(String name) {
        return name.startsWith(SERVICES) && name.endsWith(CLASS);
    }

    private static String internalName(String name) {
        return name.substring(0, name.length() - CLASS.length());
    }
}

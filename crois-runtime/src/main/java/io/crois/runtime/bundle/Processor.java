package io.crois.runtime.bundle;

import java.net.URL;

/**
 * A kind of processor that there is a first process for.
 *
 * @param machine as {@code uname -m} names it
 * @param oci as OCI images name it
 */
record Processor(String machine, String oci) {

    /** Returns the processor of this machine, which the Java runtime and the C library in the bundle are for, too. */
    static Processor ofThisMachine() {
        String os = System.getProperty("os.name");
        if (!os.equals("Linux")) {
            throw new NotPossible("it holds the C library of a Linux machine, but this one runs " + os + ".");
        }
        String machine = System.getProperty("os.arch").equals("amd64") ? "x86_64" : System.getProperty("os.arch");
        Processor processor = new Processor(machine, machine.equals("x86_64") ? "amd64" : "arm64");
        if (processor.firstProcess() == null) {
            throw new NotPossible("there is no first process for " + machine + "; compile `src/main/native` there.");
        }
        return processor;
    }

    /** Returns the program {@code agent}, compiled from {@code src/main/native}. */
    URL firstProcess() {
        return Processor.class.getResource("agent-" + machine);
    }
}

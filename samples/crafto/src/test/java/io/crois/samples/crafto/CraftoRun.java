package io.crois.samples.crafto;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a command of Crafto printed and how it ended. */
record CraftoRun(int exit, String out, String errors) {
    static CraftoRun of(Builds builds, String... arguments) {
        return of(store -> builds, arguments);
    }

    /** Runs a command on builds of this machine. */
    static CraftoRun local(String... arguments) {
        return of(LocalBuilds::open, arguments);
    }

    private static CraftoRun of(Builds.Opener opener, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        int exit = Crafto.run(List.of(arguments), opener, stream(out), stream(errors));
        return new CraftoRun(exit, out.toString(StandardCharsets.UTF_8), errors.toString(StandardCharsets.UTF_8));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}

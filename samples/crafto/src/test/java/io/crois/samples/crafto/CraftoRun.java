package io.crois.samples.crafto;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a command of Crafto printed and how it ended. */
record CraftoRun(int exit, String out, String errors) {
    static CraftoRun of(Builds builds, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        int exit = Crafto.run(List.of(arguments), store -> builds, stream(out), stream(errors));
        return new CraftoRun(exit, out.toString(StandardCharsets.UTF_8), errors.toString(StandardCharsets.UTF_8));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}

package io.crois.samples.crafto;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * Builds models and looks at what was built: {@code build}, {@code predict}, {@code list}, {@code show}, {@code asl}.
 *
 * <p>Exits with 0, with {@value Complaints#FAILED} when a build failed, with {@value Complaints#REFUSED} when the
 * command line is wrong, and with {@value Complaints#BROKEN} for a fault of Crafto's own. What went wrong is told on
 * stderr.
 */
@Command(
        name = "crafto",
        description = "Builds a classifier from a CSV file, step by step, each step a process of its own.",
        mixinStandardHelpOptions = true,
        version = "Crafto 0.1.0",
        synopsisSubcommandLabel = "COMMAND")
public final class Crafto {
    private Crafto() {}

    /** Runs a command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        Locale.setDefault(Locale.ROOT); // Tribuo looks for methods by names that are others with a Turkish `i`
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream errors = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(List.of(arguments), LocalBuilds::open, out, errors));
    }

    static int run(List<String> arguments, Builds.Opener opener, PrintStream out, PrintStream errors) {
        Complaints complaints = new Complaints(errors);
        CommandLine commands = new CommandLine(new Crafto());
        commands.addSubcommand("build", new CommandLine(new BuildCommand(opener, out, errors).options()));
        commands.addSubcommand(new PredictCommand(opener, out));
        commands.addSubcommand(new ListCommand(opener, out));
        commands.addSubcommand(new ShowCommand(opener, out));
        commands.addSubcommand(new AslCommand(out));
        commands.setOut(new PrintWriter(out, true));
        commands.setErr(new PrintWriter(errors, true));
        commands.setParameterExceptionHandler(complaints);
        commands.setExecutionExceptionHandler(complaints);
        return commands.execute(arguments.toArray(String[]::new));
    }
}

package io.crois.samples.crafto.step;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Runs one step: {@code CraftoStep <step> [--option value]…}. Exits with 0, or with 2 and one line on stderr. */
public final class CraftoStep {
    static final int REFUSED = 2;
    static final int BROKEN = 70;

    private static final Map<String, Step> STEPS = Map.of(
            "download", new Download(),
            "split", new Split(),
            "train", new Train(),
            "pick", new Pick(),
            "evaluate", new Evaluate(),
            "deploy", new Deploy());

    /** Held here, since the log manager forgets a logger that nobody holds, and its level with it. */
    private static final Logger TRIBUO = Logger.getLogger("org.tribuo");

    private CraftoStep() {}

    public static void main(String[] arguments) {
        Locale.setDefault(Locale.ROOT); // Tribuo looks for methods by names that are others with a Turkish `i`
        System.exit(run(List.of(arguments), System.getenv(), System.err));
    }

    static int run(List<String> arguments, Map<String, String> environment, PrintStream errors) {
        TRIBUO.setLevel(Level.WARNING); // it tells of every tree, which would drown a step's own last words
        try {
            perform(arguments, environment);
            return 0;
        } catch (Refusal refusal) {
            errors.println(refusal.getMessage());
            tell(environment, String.valueOf(refusal.getMessage()));
            return REFUSED;
        } catch (Exception fault) {
            errors.println("This is a bug in Crafto, please report it: " + fault);
            return BROKEN;
        }
    }

    /** Lets those hear it who listen to the execution; stderr alone stays with the process. */
    private static void tell(Map<String, String> environment, String message) {
        try {
            StepContext.of(environment, Options.parse(List.of())).message(message);
        } catch (Refusal | IOException e) {
            // Nobody listens, or not any more; stderr has it.
        }
    }

    private static void perform(List<String> arguments, Map<String, String> environment) throws Exception {
        Step step = arguments.isEmpty() ? null : STEPS.get(arguments.get(0));
        if (step == null) {
            throw new Refusal(
                    "Expected one of the steps `download`, `split`, `train`, `pick`, `evaluate` and `deploy`, "
                            + "but found " + (arguments.isEmpty() ? "none." : "`" + arguments.get(0) + "`."));
        }
        Options options = Options.parse(arguments.subList(1, arguments.size()));
        step.run(StepContext.of(environment, options));
    }
}

package io.crois.samples.crafto;

import io.crois.samples.crafto.step.Refusal;
import io.crois.workflow.CroisException;
import io.crois.workflow.WorkflowValidationException;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what goes wrong into one line a problem and an exit code, without a stack trace. */
final class Complaints implements IParameterExceptionHandler, IExecutionExceptionHandler {
    static final int FAILED = 1;
    static final int REFUSED = 2;
    static final int BROKEN = 70;

    private final PrintStream errors;

    Complaints(PrintStream errors) {
        this.errors = errors;
    }

    @Override
    public int handleParseException(ParameterException problem, String[] arguments) {
        errors.println("Command line: " + describe(problem));
        return REFUSED;
    }

    private static String describe(ParameterException problem) {
        CommandLine command = problem.getCommandLine();
        String help = " `" + command.getCommandSpec().qualifiedName() + " --help` tells what there is.";
        if (problem instanceof UnmatchedArgumentException unmatched) {
            String unknown = unmatched.getUnmatched().get(0);
            List<String> near = unmatched.getSuggestions();
            String kind = unmatched.isUnknownOption() ? "there is no option `" : "there is no place for `";
            String suggestion = near.isEmpty()
                    ? ""
                    : near.stream().limit(1).collect(Collectors.joining("", " Did you mean `", "`?"));
            return kind + unknown + "` of `" + command.getCommandName() + "`." + suggestion + help;
        }
        return problem.getMessage() + "." + help;
    }

    @Override
    public int handleExecutionException(Exception problem, CommandLine command, ParseResult arguments) {
        if (problem instanceof WorkflowValidationException wrong) {
            wrong.problems().forEach(line -> errors.println("Command line: " + line.replace("argument `", "`--")));
            return REFUSED;
        }
        if (problem instanceof Refusal) {
            errors.println(problem.getMessage());
            return REFUSED;
        }
        if (problem instanceof CroisException) {
            errors.println(problem.getMessage());
            return FAILED;
        }
        errors.println("This is a bug in Crafto, please report it: " + problem);
        return BROKEN;
    }
}

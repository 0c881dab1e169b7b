package io.crois.samples.crafto;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crois.compile.WorkflowCompiler;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Prints the state machine that the workflow is compiled to. */
@Command(name = "asl", description = "Prints the compiled workflow in the Amazon States Language.")
final class AslCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final PrintStream out;

    AslCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws JsonProcessingException {
        String definition =
                WorkflowCompiler.create().compile(ModelBuilding.workflow()).toJson();
        out.println(JSON.readTree(definition).toPrettyString());
        return 0;
    }
}

package io.crois.benchmarks;

import java.util.Map;
import java.util.stream.Collectors;

/** The two query languages of the Amazon States Language, and how each writes the states of a {@link Workload}. */
public enum Language {
    /** JSONPath and intrinsic functions. */
    JSONPATH("") {
        @Override
        String pass(int i, String end) {
            return """
                {"Type": "Pass", "InputPath": "$.run", "Parameters": {"id.$": "$.id", "count.$": "$.count", "step": %d},
                 "ResultPath": "$.kept.run", "OutputPath": "$.kept", %s}""".formatted(i, end);
        }

        @Override
        String passItem(String end) {
            return """
                {"Type": "Pass", "Parameters": {"id.$": "$.id", "name.$": "$.name"}, %s}""".formatted(end);
        }

        @Override
        String map(Map<String, String> item) {
            return """
                {"Type": "Map", "ItemsPath": "$.items", "ItemProcessor": %s, "End": true}""".formatted(branch(item.keySet().iterator().next(), item));
        }

        @Override
        String choiceBelow(int n) {
            return """
                {"Type": "Choice", "Choices": [{"Variable": "$.count", "NumericLessThan": %d, "Next": "count"}], "Default": "end"}""".formatted(n);
        }

        @Override
        String count() {
            return """
                {"Type": "Pass", "Parameters": {"id.$": "$.id", "count.$": "States.MathAdd($.count, 1)"}, "Next": "again"}""";
        }
    },
    /** JSONata. */
    JSONATA("\"QueryLanguage\": \"JSONata\", ") {
        @Override
        String pass(int i, String end) {
            return """
                {"Type": "Pass", "Output": {"run": {"id": "{%% $states.input.run.id %%}",
                 "count": "{%% $states.input.run.count %%}", "step": %d}}, %s}""".formatted(i, end);
        }

        @Override
        String passItem(String end) {
            return """
                {"Type": "Pass", "Output": {"id": "{%% $states.input.id %%}", "name": "{%% $states.input.name %%}"}, %s}""".formatted(end);
        }

        @Override
        String map(Map<String, String> item) {
            return """
                {"Type": "Map", "Items": "{%% $states.input.items %%}", "ItemProcessor": %s, "End": true}""".formatted(branch(item.keySet().iterator().next(), item));
        }

        @Override
        String choiceBelow(int n) {
            return """
                {"Type": "Choice", "Choices": [{"Condition": "{%% $states.input.count < %d %%}", "Next": "count"}], "Default": "end"}""".formatted(n);
        }

        @Override
        String count() {
            return """
                {"Type": "Pass", "Output": {"id": "{% $states.input.id %}", "count": "{% $states.input.count + 1 %}"}, "Next": "again"}""";
        }
    };

    private final String declaration;

    Language(String declaration) {
        this.declaration = declaration;
    }

    abstract String pass(int i, String end);

    abstract String passItem(String end);

    abstract String map(Map<String, String> item);

    abstract String choiceBelow(int n);

    abstract String count();

    String flakyTask(String end) {
        return """
            {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:111111111111:function:%s",
             "Retry": [{"ErrorEquals": ["States.ALL"], "IntervalSeconds": 10, "BackoffRate": 2, "MaxAttempts": 5}], %s}""".formatted(Workload.FLAKY_FUNCTION, end);
    }

    String machine(String startAt, Map<String, String> states) {
        return "{" + declaration + branch(startAt, states).substring(1);
    }

    String branch(String startAt, Map<String, String> states) {
        return states.entrySet().stream()
                .map(state -> "\"" + state.getKey() + "\": " + state.getValue())
                .collect(Collectors.joining(", ", "{\"StartAt\": \"" + startAt + "\", \"States\": {", "}}"));
    }
}

package io.crois.samples.crafto.step;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The command line of a step: pairs of {@code --name value}. */
record Options(Map<String, String> values) {
    Options {
        values = Map.copyOf(values);
    }

    static Options parse(List<String> arguments) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < arguments.size(); i += 2) {
            String name = arguments.get(i);
            if (!name.startsWith("--") || i + 1 == arguments.size()) {
                throw new Refusal("Command line: expected `--name value`, but found `" + name + "`.");
            }
            values.put(name.substring(2), arguments.get(i + 1));
        }
        return new Options(values);
    }

    String text(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new Refusal("Command line: `--" + name + "` is missing.");
        }
        return value;
    }

    double number(String name) {
        try {
            return Double.parseDouble(text(name));
        } catch (NumberFormatException e) {
            throw new Refusal("Command line: `--" + name + "` must be a number, but was `" + text(name) + "`.");
        }
    }

    double numberBetween(String name, double least, double most) {
        double value = number(name);
        if (!(value >= least && value <= most)) {
            throw new Refusal("Command line: `--" + name + "` must be between " + least + " and " + most + ", but was "
                    + text(name) + ".");
        }
        return value;
    }

    int wholeNumber(String name, int least, int most) {
        double value = numberBetween(name, least, most);
        if (value != Math.rint(value)) {
            throw new Refusal("Command line: `--" + name + "` must be a whole number, but was " + text(name) + ".");
        }
        return (int) value;
    }
}

package io.crois.benchmarks;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;

/**
 * State machines of known shapes and of any size, in both query languages: the work that the engine is measured with.
 *
 * <p>The size {@code n} is the number of units named at each constant; {@link #transitions} tells how many states one
 * execution enters.
 */
public enum Workload {
    /** A chain of n Pass states, each of which selects its input, makes three members of it and selects its output. */
    W1_CHAIN {
        @Override
        public String definition(Language language, int n) {
            Map<String, String> states = new TreeMap<>();
            for (int i = 0; i < n; i++) {
                states.put(stateName(i), language.pass(i, i == n - 1 ? "\"End\": true" : next(i + 1)));
            }
            return language.machine(stateName(0), states);
        }

        @Override
        public ObjectNode input(int n) {
            return run();
        }

        @Override
        public long transitions(int n) {
            return n;
        }
    },
    /** A Map over n items with three states each. */
    W2_MAP {
        @Override
        public String definition(Language language, int n) {
            Map<String, String> item = new TreeMap<>();
            item.put(stateName(0), language.passItem(next(1)));
            item.put(stateName(1), language.passItem(next(2)));
            item.put(stateName(2), language.passItem("\"End\": true"));
            return language.machine("map", Map.of("map", language.map(item)));
        }

        @Override
        public ObjectNode input(int n) {
            ObjectNode input = super.input(n);
            for (int i = 0; i < n; i++) {
                input.withArray("items").addObject().put("id", i).put("name", "item-" + i);
            }
            return input;
        }

        @Override
        public long transitions(int n) {
            return 1 + 3L * n;
        }
    },
    /** A loop of n rounds: a Choice and a Pass that counts. */
    W3_CHOICE_LOOP {
        @Override
        public String definition(Language language, int n) {
            return language.machine(
                    "again", Map.of("again", language.choiceBelow(n), "count", language.count(), "end", SUCCEED));
        }

        @Override
        public long transitions(int n) {
            return 2L * n + 2;
        }
    },
    /** A Parallel of n/10 branches with ten Pass states each. */
    W4_BRANCHES {
        @Override
        public String definition(Language language, int n) {
            StringBuilder branches = new StringBuilder();
            for (int branch = 0; branch < n / 10; branch++) {
                int first = branch * 10;
                Map<String, String> states = new TreeMap<>();
                for (int i = 0; i < 10; i++) {
                    states.put(stateName(first + i), language.pass(i, i == 9 ? "\"End\": true" : next(first + i + 1)));
                }
                branches.append(branch == 0 ? "" : ",").append(language.branch(stateName(first), states));
            }
            return language.machine(
                    "all", Map.of("all", "{\"Type\": \"Parallel\", \"End\": true, \"Branches\": [" + branches + "]}"));
        }

        @Override
        public ObjectNode input(int n) {
            return run();
        }

        @Override
        public long transitions(int n) {
            return 1 + n;
        }
    },
    /** n/100 waits of an hour, one after the other. */
    W5_WAITS {
        @Override
        public String definition(Language language, int n) {
            int waits = Math.max(1, n / 100);
            Map<String, String> states = new TreeMap<>();
            for (int i = 0; i < waits; i++) {
                String end = i == waits - 1 ? "\"End\": true" : next(i + 1);
                states.put(stateName(i), "{\"Type\": \"Wait\", \"Seconds\": 3600, " + end + "}");
            }
            return language.machine(stateName(0), states);
        }

        @Override
        public long transitions(int n) {
            return Math.max(1, n / 100);
        }
    },
    /** n/100 tasks, each of which fails five times and is retried with a growing interval. */
    W6_RETRIES {
        @Override
        public String definition(Language language, int n) {
            int tasks = Math.max(1, n / 100);
            Map<String, String> states = new TreeMap<>();
            for (int i = 0; i < tasks; i++) {
                states.put(stateName(i), language.flakyTask(i == tasks - 1 ? "\"End\": true" : next(i + 1)));
            }
            return language.machine(stateName(0), states);
        }

        @Override
        public long transitions(int n) {
            return Math.max(1, n / 100);
        }
    };

    /** The function that {@link #W6_RETRIES} calls: it fails five times out of six. */
    public static final String FLAKY_FUNCTION = "flaky";

    private static final String SUCCEED = "{\"Type\": \"Succeed\"}";

    /** Returns the machine's definition. */
    public abstract String definition(Language language, int n);

    /** Returns how many states one execution enters. */
    public abstract long transitions(int n);

    /** Returns the input of an execution. */
    public ObjectNode input(int n) {
        return JsonNodeFactory.instance.objectNode().put("id", "run").put("count", 0);
    }

    private static ObjectNode run() {
        ObjectNode input = JsonNodeFactory.instance.objectNode();
        input.putObject("run").put("id", "run").put("count", 0);
        return input;
    }

    static String stateName(int i) {
        return "S%05d".formatted(i);
    }

    static String next(int i) {
        return "\"Next\": \"" + stateName(i) + "\"";
    }
}

package io.crois.samples.crafto;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.samples.crafto.step.Refusal;

/** Checks the candidates before anything runs. */
final class Grid {
    private static final int MOST = 500;

    private Grid() {}

    /**
     * Refuses what is no list of candidates.
     *
     * @throws Refusal with the first problem
     */
    static void check(JsonNode grid) {
        if (!grid.isArray() || grid.isEmpty() || grid.size() > MOST) {
            throw new Refusal("Command line: `--grid` must be a JSON list of 1 to " + MOST + " candidates, but "
                    + (grid.isArray() ? "has " + grid.size() + "." : "is " + grid.getNodeType() + "."));
        }
        for (int i = 0; i < grid.size(); i++) {
            JsonNode candidate = grid.get(i);
            require(i, "algorithm", "a text", candidate.path("algorithm").isTextual());
            require(i, "trees", "a whole number", candidate.path("trees").isInt());
            require(i, "depth", "a whole number", candidate.path("depth").isInt());
            require(i, "features", "a number", candidate.path("features").isNumber());
        }
    }

    private static void require(int index, String field, String type, boolean holds) {
        if (!holds) {
            throw new Refusal("Command line: `--grid`, candidate " + index + ": `" + field + "` must be " + type
                    + ". A candidate looks like {\"algorithm\": \"random-forest\", \"trees\": 8, \"depth\": 8,"
                    + " \"features\": 0.4}.");
        }
    }
}

package io.crois.samples.crafto.step;

import java.io.IOException;
import java.nio.file.Path;

/** A file to build a model of. */
public final class Dataset {
    private Dataset() {}

    /**
     * Reads the whole file and returns its number of rows.
     *
     * @param name how messages call the file
     * @param target the column that holds the classes
     * @throws Refusal with a line for each problem, if the file cannot be learnt from
     */
    public static int check(Path file, String name, String target) throws IOException {
        CsvTable table = CsvTable.read(file, name);
        Examples.of(table, target).check();
        return table.rows().size();
    }
}

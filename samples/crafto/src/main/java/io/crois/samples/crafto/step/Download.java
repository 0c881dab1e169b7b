package io.crois.samples.crafto.step;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;

/** Fetches the dataset from a file or an address and checks all of it: {@code --source}, {@code --target}. */
final class Download implements Step {
    private static final int TIMEOUT_MILLIS = 30_000;

    @Override
    public void run(StepContext context) throws IOException {
        String source = context.options().text("source");
        Path dataset = context.output("dataset.csv");
        fetch(source, dataset);
        int rows = Dataset.check(dataset, source, context.options().text("target"));
        context.progress(1, 1, rows + " rows");
    }

    private static void fetch(String source, Path dataset) throws IOException {
        if (source.toLowerCase(Locale.ROOT).matches("https?://.*")) {
            fetchAddress(source, dataset);
        } else if (Files.isRegularFile(Path.of(source))) {
            Files.copy(Path.of(source), dataset, StandardCopyOption.REPLACE_EXISTING);
        } else {
            CsvTable.read(Path.of(source), source);
        }
    }

    private static void fetchAddress(String source, Path dataset) {
        try {
            URLConnection connection = URI.create(source).toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            try (InputStream content = connection.getInputStream()) {
                Files.copy(content, dataset, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new Refusal("Address `" + source + "`: the dataset cannot be fetched ("
                    + e.getClass().getSimpleName() + "). Check the address and the network, or name a file.");
        }
    }
}

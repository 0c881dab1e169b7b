package io.crois.compile;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Properties;

/** The prices of one day, read from {@code prices.properties} beside this class. */
record PriceTable(LocalDate date, BigDecimal transition, BigDecimal functionCall) {
    private static final PriceTable BUNDLED = read();

    static PriceTable bundled() {
        return BUNDLED;
    }

    BigDecimal cost(long transitions, long functionCalls) {
        return transition
                .multiply(BigDecimal.valueOf(transitions))
                .add(functionCall.multiply(BigDecimal.valueOf(functionCalls)));
    }

    private static PriceTable read() {
        Properties table = new Properties();
        try (InputStream file = PriceTable.class.getResourceAsStream("prices.properties")) {
            if (file == null) {
                throw new IllegalStateException(
                        "`prices.properties` is missing. This is a bug in Crois, please report it.");
            }
            table.load(new InputStreamReader(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        BigDecimal call = price(table, "lambda.request")
                .add(price(table, "lambda.gbSecond").multiply(price(table, "lambda.gbSecondsPerCall")));
        return new PriceTable(LocalDate.parse(table.getProperty("date")), price(table, "states.transition"), call);
    }

    private static BigDecimal price(Properties table, String name) {
        return new BigDecimal(table.getProperty(name));
    }
}

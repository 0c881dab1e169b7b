package io.crois.compile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.crois.contract.BudgetTerms;
import io.crois.contract.Machine;
import io.crois.workflow.Backend;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What things cost: prices of one Region, with the day on which they were read and where. Data, not advice: AWS changes
 * prices, and discounts are yours to know. Immutable.
 *
 * <p>{@link #published()} is the table that comes with Crois, {@link #parse} reads one of your own with the same
 * members ({@code io/crois/compile/prices.json}). Instances of AWS Batch have no price until {@link #instance} gives
 * one, and Spot capacity costs as much as any until {@link #spotFactor} tells otherwise. Free tiers are not counted.
 */
public final class PriceTable {
    private static final String PUBLISHED = "prices.json";
    private static final double MILLION = 1_000_000;
    private static final double THOUSAND = 1_000;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    private final Data data;
    private final double spot;
    private final Map<String, Double> instances;

    private PriceTable(Data data, double spot, Map<String, Double> instances) {
        this.data = data;
        this.spot = spot;
        this.instances = instances;
    }

    /** Returns the table that comes with Crois. */
    public static PriceTable published() {
        try (InputStream file = PriceTable.class.getResourceAsStream(PUBLISHED)) {
            if (file == null) {
                throw new IllegalStateException(
                        "The jar lacks `" + PUBLISHED + "`. This is a bug in Crois, please report it.");
            }
            return parse(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a table.
     *
     * @throws IllegalArgumentException if it is no such table; the message names what is wrong with it
     */
    public static PriceTable parse(String json) {
        Data data;
        try {
            data = JSON.readValue(json, Data.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The price table cannot be read: " + e.getOriginalMessage(), e);
        }
        List<String> problems = data.problems();
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("The price table is wrong.\n  " + String.join("\n  ", problems));
        }
        return new PriceTable(data, 1, Map.of());
    }

    /**
     * Sets what Spot capacity costs of the full price.
     *
     * @param factor above 0 and up to 1; 0.3 for a discount of 70 percent
     */
    public PriceTable spotFactor(double factor) {
        if (!(factor > 0 && factor <= 1)) {
            throw new IllegalArgumentException("The Spot factor must be above 0 and up to 1, but was " + factor + ".");
        }
        return new PriceTable(data, factor, instances);
    }

    /**
     * Sets what the part of an instance costs in an hour that a step takes on AWS Batch: all of it, where its jobs run
     * one to an instance.
     *
     * @param step the name of a step, or {@code *} for all that have no price of their own
     */
    public PriceTable instance(String step, double hour) {
        if (!(hour >= 0) || Double.isInfinite(hour)) {
            throw new IllegalArgumentException("The price of an hour must be 0 or more, but was " + hour + ".");
        }
        Map<String, Double> more = new LinkedHashMap<>(instances);
        more.put(step, hour);
        return new PriceTable(data, spot, Collections.unmodifiableMap(more));
    }

    /** Returns the Region for which the prices hold. */
    public String region() {
        return data.region;
    }

    /** Returns the day on which the prices were read. */
    public LocalDate date() {
        return LocalDate.parse(data.date);
    }

    /** Returns the currency of all prices. */
    public String currency() {
        return data.currency;
    }

    /** Returns where the prices were read, by service. */
    public Map<String, String> sources() {
        return Collections.unmodifiableMap(data.sources);
    }

    /** Returns the price of a time on Fargate; at least a minute is charged. */
    public double fargate(Machine machine, Duration time, boolean onSpot) {
        return terms(0).cost("", machine, Backend.FARGATE, time) * (onSpot ? spot : 1);
    }

    /** Returns the price of a time on an instance of AWS Batch; empty where no price was given for the step. */
    public Optional<Double> batch(String step, Machine machine, Duration time, boolean onSpot) {
        boolean known = instances.containsKey(step) || instances.containsKey("*");
        double full = terms(0).cost(step, machine, Backend.BATCH, time);
        return known ? Optional.of(full * (onSpot ? spot : 1)) : Optional.empty();
    }

    /** Returns the limit of a budget with the prices that count while an execution runs. */
    public BudgetTerms terms(double limit) {
        return new BudgetTerms(
                limit, data.currency, data.fargateVcpuHour, data.fargateGibHour, data.fargateDiskGibHour, instances);
    }

    double transition() {
        return data.transitionsThousand / THOUSAND;
    }

    double functionCall() {
        return data.lambdaRequestsMillion / MILLION
                + data.assumed.functionGib * data.assumed.functionSeconds * data.lambdaGibSecond;
    }

    /** Returns what the functions that follow a container, the table and the bucket cost for one container. */
    double besidesContainer() {
        return data.assumed.eventsPerContainer * functionCall()
                + data.assumed.tableWritesPerContainer * data.tableWritesMillion / MILLION
                + data.assumed.tableReadsPerContainer * data.tableReadsMillion / MILLION
                + data.assumed.objectWritesPerContainer * data.objectWritesThousand / THOUSAND
                + data.assumed.objectReadsPerContainer * data.objectReadsThousand / THOUSAND;
    }

    private record Data(
            String region,
            String date,
            String currency,
            Map<String, String> sources,
            double fargateVcpuHour,
            double fargateGibHour,
            double fargateDiskGibHour,
            double transitionsThousand,
            double lambdaRequestsMillion,
            double lambdaGibSecond,
            double tableWritesMillion,
            double tableReadsMillion,
            double objectWritesThousand,
            double objectReadsThousand,
            Assumed assumed) {

        List<String> problems() {
            List<String> problems = new ArrayList<>();
            Map<String, Double> numbers = new LinkedHashMap<>();
            numbers.put("fargateVcpuHour", fargateVcpuHour);
            numbers.put("fargateGibHour", fargateGibHour);
            numbers.put("fargateDiskGibHour", fargateDiskGibHour);
            numbers.put("transitionsThousand", transitionsThousand);
            numbers.put("lambdaRequestsMillion", lambdaRequestsMillion);
            numbers.put("lambdaGibSecond", lambdaGibSecond);
            numbers.put("tableWritesMillion", tableWritesMillion);
            numbers.put("tableReadsMillion", tableReadsMillion);
            numbers.put("objectWritesThousand", objectWritesThousand);
            numbers.put("objectReadsThousand", objectReadsThousand);
            numbers.forEach((name, price) -> {
                if (!(price >= 0)) {
                    problems.add("`" + name + "` must be 0 or more, but was " + price + ".");
                }
            });
            if (!date.matches("\\d{4}-\\d{2}-\\d{2}")) {
                problems.add("`date` must be a day such as 2026-01-31, but was `" + date + "`.");
            }
            return problems;
        }
    }

    private record Assumed(
            double functionGib,
            double functionSeconds,
            double eventsPerContainer,
            double tableWritesPerContainer,
            double tableReadsPerContainer,
            double objectWritesPerContainer,
            double objectReadsPerContainer) {}
}

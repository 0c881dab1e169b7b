package io.crois.contract;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** The key of an item in the table. The static factories are the only place that knows how keys are made. */
public record ItemKey(String pk, String sk) {
    /** How many items of a large forEach stand together. */
    public static final int ITEMS_OF_GROUP = 100;

    /** How many partitions a day of a project's feed is spread over. */
    public static final int FEED_SHARDS = 4;

    /** The partition that lists the projects of an account. */
    public static final String PROJECTS = "##projects";

    /** Returns a time as it stands in keys: ISO-8601, UTC, milliseconds, always 24 characters. */
    public static String time(Instant instant) {
        return UtcText.millis(instant);
    }

    /** Returns the partition of an execution. */
    public static String partition(Run run) {
        return run.project() + "#" + run.execution();
    }

    public static ItemKey execution(Run run) {
        return new ItemKey(partition(run), "EXECUTION");
    }

    public static ItemKey step(Run run, String step) {
        return new ItemKey(partition(run), "STEP#" + run.scope() + step);
    }

    public static ItemKey order(Run run, String step, int attempt) {
        return new ItemKey(partition(run), "ORDER#" + run.scope() + step + "#" + attempt);
    }

    public static ItemKey report(Run run, String step, int attempt) {
        return new ItemKey(partition(run), "REPORT#" + run.scope() + step + "#" + attempt);
    }

    public static ItemKey decision(Run run, String step, int attempt) {
        return new ItemKey(partition(run), decisions(run, step) + attempt);
    }

    /** Returns what the sort keys of all decisions about a step begin with. */
    public static String decisions(Run run, String step) {
        return "DECISION#" + run.scope() + step + "#";
    }

    /** Returns the key of one item of a forEach; {@code run} is that of the forEach itself. */
    public static ItemKey item(Run run, String forEach, int index) {
        return new ItemKey(partition(run), "ITEM#" + run.scope() + forEach + "[" + index + "]");
    }

    /** Returns the key of the items of a large forEach that stand together with one of them, in a list. */
    public static ItemKey itemGroup(Run run, String forEach, int index) {
        int group = index / ITEMS_OF_GROUP;
        return new ItemKey(partition(run), "ITEM#" + run.scope() + forEach + "[" + group + "+]");
    }

    /** Returns the key of the number of items of a forEach, which is written after all of them. */
    public static ItemKey itemCount(Run run, String forEach) {
        return new ItemKey(partition(run), "ITEM#" + run.scope() + forEach);
    }

    /** Returns the key of a result; {@code scope} is the producer's. */
    public static ItemKey result(Run run, String scope, String name) {
        return new ItemKey(partition(run), "RESULT#" + scope + name);
    }

    /** Returns the key of a published artifact; {@code scope} is the producer's. */
    public static ItemKey artifact(Run run, String scope, String name) {
        return new ItemKey(partition(run), "ARTIFACT#" + scope + name);
    }

    public static ItemKey executionListed(String project, Instant submittedAt, String execution) {
        return new ItemKey(executions(project), time(submittedAt) + "#" + execution);
    }

    /** Returns the partition that lists a project's executions. */
    public static String executions(String project) {
        return project + "##executions";
    }

    /** Returns the key of the mark that an execution is not known to have ended. */
    public static ItemKey open(String project, String execution) {
        return new ItemKey(openExecutions(project), execution);
    }

    /** Returns the partition that marks a project's executions that are not known to have ended. */
    public static String openExecutions(String project) {
        return project + "##open";
    }

    /** Returns the key of the mark that an account has a project whose workflows have run. */
    public static ItemKey project(String project) {
        return new ItemKey(PROJECTS, project);
    }

    public static ItemKey spec(String project, String workflow, String digest) {
        return new ItemKey(project + "##workflow#" + workflow, "SPEC#" + digest);
    }

    public static ItemKey deployment(String project, String workflow) {
        return new ItemKey(project + "##workflow#" + workflow, "DEPLOYMENT");
    }

    /** Returns the key of what was deployed of a workflow under a digest. */
    public static ItemKey deployment(String project, String workflow, String digest) {
        return new ItemKey(workflow(project, workflow), "DEPLOYMENT#" + digest);
    }

    /**
     * Returns the key of where the outputs of a step with a fingerprint are to be found, whichever execution made them.
     */
    public static ItemKey cached(String project, String fingerprint) {
        return new ItemKey(project + "##cache", fingerprint);
    }

    /** Returns the partition of what starts a project's executions without a caller. */
    public static String starts(String project) {
        return project + "##starts";
    }

    /** Returns the key of a {@link StartRule}. */
    public static ItemKey start(String project, String rule) {
        return new ItemKey(starts(project), rule);
    }

    /** Returns the partition of a workflow's specs and deployments. */
    public static String workflow(String project, String workflow) {
        return project + "##workflow#" + workflow;
    }

    /** Returns the key of the lease of whoever deploys a workflow. */
    public static ItemKey deploymentLease(String project, String workflow) {
        return new ItemKey(workflow(project, workflow), "LEASE");
    }

    /** Returns the key of the lease of whoever registers a revision of a task or job definition. */
    public static ItemKey definitionLease(String project, String family) {
        return new ItemKey(project + "##definitions", "LEASE#" + family);
    }

    /**
     * Returns the key of an event in the feed; the time is that of writing, so that readers never miss a late event.
     * All events of a step are in the same shard.
     */
    public static ItemKey feed(FeedEvent event, Instant writtenAt) {
        String source = event.run().execution() + "/" + event.run().scope() + event.step();
        int shard = Math.floorMod(source.hashCode(), FEED_SHARDS);
        LocalDate day = LocalDate.ofInstant(writtenAt, ZoneOffset.UTC);
        return new ItemKey(feed(event.run().project(), day, shard), time(writtenAt) + "#" + event.id());
    }

    /** Returns the time under which an event stands in the feed, from its sort key. */
    public static Instant writtenAt(String feedSortKey) {
        return UtcText.parse(feedSortKey.substring(0, feedSortKey.indexOf('#')));
    }

    /** Returns one partition of a day of a project's feed. */
    public static String feed(String project, LocalDate day, int shard) {
        return project + "##feed#" + day + "#" + shard;
    }
}

package io.crois.workflow;

/** Ends the workflow as failed, with an error name and a sentence for the reader. */
public record Fail(String name, String error, String cause) implements Element {}

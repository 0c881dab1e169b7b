package io.crois.contract;

/**
 * Where Step Functions finds the iterations of a large forEach; the member {@code list} of what prepare answers.
 *
 * @param key of the object, a JSON array of the indexes
 * @param results what the keys begin with under which Step Functions leaves what the iterations ended with
 */
public record ItemList(String bucket, String key, String results) {

    /** What the keys of lists have behind the execution's name; the flow role reads them by it. */
    public static final String LISTS = "lists/";

    /** What the keys of results have behind the execution's name; the flow role writes them by it. */
    public static final String RESULTS = "iterations/";

    /** Returns the place of the list of a forEach; {@code run} is that of the forEach itself. */
    public static ItemList of(String bucket, Run run, String forEach) {
        String control = new ProjectNames(run.project()).controlObjects() + run.execution() + "/";
        String name = run.scope() + forEach;
        return new ItemList(bucket, control + LISTS + name + ".json", control + RESULTS + name);
    }
}

package io.crois.compile;

/**
 * What the functions of the platform are called in compiled machines: a name, a partial ARN or an ARN, whatever
 * {@code lambda:invoke} takes as {@code FunctionName}.
 */
public record PlatformNames(String prepare, String store, String route) {

    /** Returns {@code crois-prepare}, {@code crois-store} and {@code crois-route}. */
    public static PlatformNames defaults() {
        return new PlatformNames("crois-prepare", "crois-store", "crois-route");
    }
}

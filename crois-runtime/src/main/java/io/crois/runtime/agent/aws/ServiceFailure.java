package io.crois.runtime.agent.aws;

import java.util.Set;

/** A service refused a call or could not be reached. The message holds no secret and no data. */
public final class ServiceFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private static final Set<String> EXPIRED = Set.of(
            "ExpiredToken",
            "ExpiredTokenException",
            "RequestExpired",
            "TokenRefreshRequired",
            "UnrecognizedClientException");
    private static final Set<String> THROTTLED = Set.of(
            "SlowDown",
            "ServiceUnavailable",
            "Throttling",
            "ThrottlingException",
            "ThrottledException",
            "TooManyRequestsException",
            "RequestLimitExceeded",
            "ProvisionedThroughputExceededException",
            "RequestThrottled",
            "LimitExceededException");
    private static final Set<String> WORTH_REPEATING = Set.of(
            "RequestTimeout",
            "RequestTimeoutException",
            "IncompleteBody",
            "BadDigest",
            "XAmzContentChecksumMismatch",
            "XAmzContentSHA256Mismatch",
            "InternalError",
            "InternalServerError",
            "InternalServiceError",
            "ConditionalRequestConflict",
            "OperationAborted",
            "RequestTimeTooSkewed");

    /** What kind of failure it is. */
    public enum Kind {
        /** There is no such thing. */
        ABSENT,
        /** There is something already, or it is another one than was asked for. */
        EXISTS,
        /** The caller may not. */
        DENIED,
        /** The credentials are too old. */
        EXPIRED,
        /** Too many calls. */
        THROTTLED,
        /** The service is in trouble, or the network. */
        BROKEN,
        /** What was to be sent could not be read here. */
        LOCAL,
        /** Anything else that would be refused again. */
        REFUSED
    }

    private final Kind kind;
    private final String code;
    private final boolean worthRepeating;

    private ServiceFailure(Kind kind, String code, boolean worthRepeating, String message) {
        super(message);
        this.kind = kind;
        this.code = code;
        this.worthRepeating = worthRepeating;
    }

    private ServiceFailure(Kind kind, String code, boolean worthRepeating, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.code = code;
        this.worthRepeating = worthRepeating;
    }

    /** A service answered with an error. */
    static ServiceFailure answered(String operation, int status, String code, String explanation) {
        Kind kind = kind(status, code);
        boolean repeat = kind == Kind.EXPIRED
                || kind == Kind.THROTTLED
                || kind == Kind.BROKEN
                || WORTH_REPEATING.contains(code)
                || status == 409;
        String why = explanation.isEmpty() ? "." : ": " + explanation;
        return new ServiceFailure(kind, code, repeat, operation + " was answered with " + status + " " + code + why);
    }

    /** The same, from an SDK that has repeated the call already. */
    static ServiceFailure answeredAtLast(String operation, int status, String code, Throwable cause) {
        return new ServiceFailure(
                kind(status, code), code, false, operation + " was answered with " + status + " " + code + ".", cause);
    }

    /** There was no answer, or no whole one. */
    static ServiceFailure broken(String operation, Throwable cause) {
        return new ServiceFailure(
                Kind.BROKEN,
                cause.getClass().getSimpleName(),
                true,
                operation + " was not answered: " + reason(cause),
                cause);
    }

    /** The same, from an SDK that has repeated the call already. */
    static ServiceFailure brokenAtLast(String operation, Throwable cause) {
        return new ServiceFailure(
                Kind.BROKEN,
                cause.getClass().getSimpleName(),
                false,
                operation + " was not answered: " + reason(cause),
                cause);
    }

    /** The answer is not what the service promises. */
    public static ServiceFailure wrong(String operation, String what) {
        return new ServiceFailure(Kind.BROKEN, "WrongAnswer", true, operation + " was answered wrongly: " + what);
    }

    /** The call cannot be made here, and could not be a second time. */
    static ServiceFailure local(String operation, String what) {
        return new ServiceFailure(Kind.LOCAL, "Local", false, operation + " could not be made: " + what);
    }

    static ServiceFailure refused(String operation, String code, String what) {
        return new ServiceFailure(Kind.REFUSED, code, false, operation + " " + what);
    }

    private static String reason(Throwable cause) {
        String message = cause.getMessage();
        return cause.getClass().getSimpleName() + (message == null ? "." : ", " + message);
    }

    private static Kind kind(int status, String code) {
        if (EXPIRED.contains(code)) {
            return Kind.EXPIRED;
        }
        if (THROTTLED.contains(code) || status == 429 || status == 503) {
            return Kind.THROTTLED;
        }
        return switch (status) {
            case 401, 403 -> Kind.DENIED;
            case 404 -> Kind.ABSENT;
            case 412, 416 -> Kind.EXISTS;
            default -> status >= 500 ? Kind.BROKEN : Kind.REFUSED;
        };
    }

    public Kind kind() {
        return kind;
    }

    /** Returns the service's name for the error, or that of the exception. */
    public String code() {
        return code;
    }

    /** Returns whether the same call may succeed a little later. */
    public boolean worthRepeating() {
        return worthRepeating;
    }
}

package io.crois.runtime.agent.transfer;

import io.crois.runtime.agent.aws.ObjectPlace;
import io.crois.runtime.agent.aws.ServiceFailure;
import org.jspecify.annotations.Nullable;

/** A file was not transferred. The message names the object, and holds no data. */
public final class TransferFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Whose trouble it is. */
    public enum Kind {
        /** The service refused, as it would again: rights are missing. */
        DENIED,
        /** The service is too busy. */
        THROTTLED,
        /** The service or the network failed, or the object is not what it should be. */
        BROKEN,
        /** The disk is full, or files cannot be read or written. */
        LOCAL,
        /** Somebody asked to stop. */
        STOPPED
    }

    private final Kind kind;
    private final transient @Nullable ObjectPlace place;

    TransferFailure(Kind kind, @Nullable ObjectPlace place, String message) {
        super(message);
        this.kind = kind;
        this.place = place;
    }

    TransferFailure(Kind kind, @Nullable ObjectPlace place, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.place = place;
    }

    static TransferFailure of(ObjectPlace place, ServiceFailure failure) {
        Kind kind = switch (failure.kind()) {
            case DENIED, EXPIRED -> Kind.DENIED;
            case THROTTLED -> Kind.THROTTLED;
            case LOCAL -> Kind.LOCAL;
            case ABSENT, EXISTS, BROKEN, REFUSED -> Kind.BROKEN;
        };
        return new TransferFailure(kind, place, "Object `" + place.key() + "`: " + failure.getMessage(), failure);
    }

    public Kind kind() {
        return kind;
    }

    /** Returns the object that it is about; {@code null} where it is about all. */
    public @Nullable ObjectPlace place() {
        return place;
    }
}

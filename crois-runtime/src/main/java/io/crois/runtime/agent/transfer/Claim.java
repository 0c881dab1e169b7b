package io.crois.runtime.agent.transfer;

import io.crois.runtime.agent.aws.ObjectHead;
import io.crois.runtime.agent.aws.ObjectPlace;
import io.crois.runtime.agent.aws.ObjectStore;
import io.crois.runtime.agent.aws.Retries;
import io.crois.runtime.agent.aws.ServiceFailure;
import io.crois.runtime.agent.aws.UploadTerms;
import org.jspecify.annotations.Nullable;

/**
 * The right to make one object. Where there is one already, its token tells whether this very upload made it and only
 * the answer was lost, or an earlier run of the same attempt did, whose object is replaced, or somebody else.
 */
final class Claim {
    private final ObjectStore objects;
    private final Retries retries;
    private final Owner owner;
    private final UploadTerms first;
    private UploadTerms terms;

    Claim(ObjectStore objects, Retries retries, @Nullable String kmsKey, Owner owner) {
        this.objects = objects;
        this.retries = retries;
        this.owner = owner;
        this.first = UploadTerms.absent(kmsKey, owner.token());
        this.terms = first;
    }

    UploadTerms terms() {
        return terms;
    }

    /**
     * Makes what follows a refused call: waits for the next try, or looks at the object that is in the way.
     *
     * @return whether the object is there all the same
     * @throws ServiceFailure if there is to be no other try
     */
    boolean isFulfilledAfter(ObjectPlace place, ServiceFailure refusal, Retries.Tries tries) {
        boolean inTheWay = refusal.kind() == ServiceFailure.Kind.EXISTS
                || refusal.kind() == ServiceFailure.Kind.ABSENT && terms.replaces() != null;
        if (!inTheWay) {
            tries.failed(refusal);
            return false;
        }
        tries.changed(refusal);
        return isFulfilled(place, refusal);
    }

    /**
     * Looks at what is there.
     *
     * @return whether it is what this upload was to make; else it is to be tried again by the new {@link #terms}
     * @throws ServiceFailure if it is somebody else's
     */
    boolean isFulfilled(ObjectPlace place, ServiceFailure refusal) {
        ObjectHead head;
        try {
            head = retries.call(() -> objects.head(place));
        } catch (ServiceFailure e) {
            if (e.kind() != ServiceFailure.Kind.ABSENT) {
                throw e;
            }
            terms = first;
            return false;
        }
        if (first.token().equals(head.token())) {
            return true;
        }
        if (head.token() == null || !owner.made(head.token())) {
            throw refusal;
        }
        terms = first.replacing(head.etag());
        return false;
    }
}

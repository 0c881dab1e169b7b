package io.crois.testkit.aws.internal.access;

import java.util.List;

/** What a call of one service needs. */
@FunctionalInterface
interface AccessRules {

    /** Returns everything that a call needs; each must be allowed. */
    List<Access> of(Call call);
}

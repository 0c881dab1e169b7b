package io.crois.execution;

import io.crois.contract.StartRule;

/** What rings for a rule: a schedule of EventBridge Scheduler, or a rule of EventBridge. */
interface Bell {
    /**
     * Makes it, or brings it up to date.
     *
     * @param stateMachineArn any of the account and Region
     */
    void put(StartRule rule, String stateMachineArn);

    /** Takes it away, if it is there. */
    void delete(StartRule rule);
}

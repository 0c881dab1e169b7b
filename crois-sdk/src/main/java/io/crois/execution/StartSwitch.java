package io.crois.execution;

import io.crois.contract.StartRule;
import io.crois.workflow.CroisException;

/** Pauses, resumes and deletes a rule and what rings for it. */
final class StartSwitch {
    private final StartRules rules;
    private final Bell bell;
    private final Deployer deployer;
    private final StartRule rule;
    private final String kind;

    /** Makes a switch; {@code kind} is what messages call it. */
    StartSwitch(StartRules rules, Bell bell, Deployer deployer, StartRule rule, String kind) {
        this.rules = rules;
        this.bell = bell;
        this.deployer = deployer;
        this.rule = rule;
        this.kind = kind;
    }

    boolean isPaused() {
        return present().paused();
    }

    void pause(boolean paused) {
        StartRule changed = present().paused(paused);
        rules.put(changed);
        String machine = deployer.current(rule.workflow())
                .orElseThrow(() -> gone("its workflow is deployed no longer"))
                .stateMachineArn();
        bell.put(changed, machine);
    }

    void delete() {
        bell.delete(rule);
        rules.delete(rule.name());
    }

    private StartRule present() {
        return rules.find(rule.name())
                .filter(found -> found.cause().getClass().equals(rule.cause().getClass()))
                .orElseThrow(() -> gone("it was deleted"));
    }

    private CroisException gone(String why) {
        return new CroisException(kind + " `" + rule.name() + "` can not be changed: " + why + ". Create it again.");
    }
}

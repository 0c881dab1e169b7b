package io.crois.testkit.engine.internal;

/** Work of several parts, of which only those that did not succeed are done again after a redrive. */
interface Redrivable extends Activity {

    /** Goes on with the parts that did not succeed, after the given event; returns whether it had begun at all. */
    boolean redrive(int previous);
}

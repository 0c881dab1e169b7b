package io.crois.samples.crafto.step;

/** One step of the model build. */
interface Step {
    void run(StepContext context) throws Exception;
}

package io.crois.testkit.engine.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.testkit.engine.internal.expression.StatesError;

/** Who is told how a frame ends: an execution, or the state whose branch or iteration it is. */
interface Ending {

    void succeeded(Frame frame, JsonNode output);

    void failed(Frame frame, StatesError error);
}

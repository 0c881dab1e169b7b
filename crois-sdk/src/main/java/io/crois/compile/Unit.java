package io.crois.compile;

import io.crois.workflow.Element;
import java.util.List;

/**
 * What a body does next: one element, or in compact machines a chain of several steps.
 *
 * @param state the name of the state that it begins with
 */
record Unit(String state, List<Element> elements) {

    boolean isChain() {
        return elements.size() > 1;
    }

    Element element() {
        return elements.get(0);
    }
}

package io.crois.testkit.engine.internal.history;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;

/**
 * What many events have in common.
 *
 * @param state the name of the state that begins or ends with the event; {@code null} for events of other types
 */
public record EventHead(HistoryEventType type, @Nullable String state) {}

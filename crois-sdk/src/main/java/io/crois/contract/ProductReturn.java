package io.crois.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A product of a step inside a sub-workflow that is published further out as well.
 *
 * @param artifact its name as the step knows it, or {@code null} when it is a result
 * @param result its name as the step knows it, or {@code null} when it is an artifact
 * @param as its name further out
 * @param depth how many forEach and sub-workflow blocks stand round it there
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProductReturn(
        @Nullable String artifact, @Nullable String result, String as, int depth) {}

/**
 * Pictures of a workflow and of an execution on it: SVG, Mermaid text and an HTML report in one file. Pure: what is
 * shown is passed in, nothing is fetched.
 *
 * <p>Where to start: {@link io.crois.render.Diagram#of(io.crois.workflow.Workflow)} and
 * {@link io.crois.render.Report#builder()}.
 */
@NullMarked
package io.crois.render;

import org.jspecify.annotations.NullMarked;

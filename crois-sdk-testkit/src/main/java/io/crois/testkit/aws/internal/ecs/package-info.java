/**
 * What Amazon ECS does on Fargate: task definitions with revisions, clusters, and tasks whose states follow their
 * containers.
 *
 * <p>Where to start: {@link io.crois.testkit.aws.internal.ecs.TaskHost}.
 */
@NullMarked
package io.crois.testkit.aws.internal.ecs;

import org.jspecify.annotations.NullMarked;

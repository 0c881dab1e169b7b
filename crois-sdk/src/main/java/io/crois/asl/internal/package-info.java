/**
 * The rules by which the service refuses definitions, divided by what they look at. Start at
 * {@link io.crois.asl.internal.DefinitionCheck}.
 */
@NullMarked
package io.crois.asl.internal;

import org.jspecify.annotations.NullMarked;

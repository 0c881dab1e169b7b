/**
 * The Amazon States Language as typed, immutable values: a machine, its states, their retriers, catchers and rules, in
 * both query languages. Where to start: {@link io.crois.asl.StateMachine#parse(String)} reads a definition and
 * {@link io.crois.asl.StateMachine#builder()} makes one; this package needs nothing but Jackson.
 */
@NullMarked
package io.crois.asl;

import org.jspecify.annotations.NullMarked;

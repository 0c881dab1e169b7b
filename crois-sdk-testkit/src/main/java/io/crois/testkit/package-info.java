/** The door of the testkit. Start at {@code CroisTestkit}. */
@NullMarked
package io.crois.testkit;

import org.jspecify.annotations.NullMarked;

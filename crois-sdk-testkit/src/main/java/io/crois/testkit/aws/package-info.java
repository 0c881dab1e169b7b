/**
 * AWS in memory: the clients of the AWS SDK for Java v2, each implemented by a class that does what its service does.
 *
 * <p>Where to start: {@code InMemoryAws}.
 */
@NullMarked
package io.crois.testkit.aws;

import org.jspecify.annotations.NullMarked;

/**
 * What AWS KMS does with symmetric keys: it encrypts with real AES-GCM, under keys that never leave the memory.
 *
 * <p>Where to start: {@link io.crois.testkit.aws.internal.kms.KeyStore}.
 */
@NullMarked
package io.crois.testkit.aws.internal.kms;

import org.jspecify.annotations.NullMarked;

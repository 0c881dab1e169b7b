/**
 * What AWS Secrets Manager does with secrets: versions, their stages, and deletion with a time to think again.
 *
 * <p>Where to start: {@link io.crois.testkit.aws.internal.secrets.SecretStore}.
 */
@NullMarked
package io.crois.testkit.aws.internal.secrets;

import org.jspecify.annotations.NullMarked;

/**
 * What AWS IAM keeps: roles, managed policies, and which belong together.
 *
 * <p>Where to start: {@link io.crois.testkit.aws.internal.iam.IamStore}.
 */
@NullMarked
package io.crois.testkit.aws.internal.iam;

import org.jspecify.annotations.NullMarked;

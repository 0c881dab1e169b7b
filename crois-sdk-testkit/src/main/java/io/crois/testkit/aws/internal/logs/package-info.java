/** What CloudWatch Logs keeps. Where to start: {@link io.crois.testkit.aws.internal.logs.LogStore}. */
@NullMarked
package io.crois.testkit.aws.internal.logs;

import org.jspecify.annotations.NullMarked;

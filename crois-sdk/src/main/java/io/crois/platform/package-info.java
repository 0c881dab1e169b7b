/**
 * What an account needs once before projects can run in it: the table, the bucket, the functions, the event rules, the
 * cluster and the queues, as one CloudFormation template. Start at {@link io.crois.platform.PlatformTemplate}.
 */
@NullMarked
package io.crois.platform;

import org.jspecify.annotations.NullMarked;

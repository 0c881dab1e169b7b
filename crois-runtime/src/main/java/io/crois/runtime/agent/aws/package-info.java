/**
 * What the agent asks of AWS, and two ways to ask it: with clients of the AWS SDK, for whoever runs the agent inside a
 * process of theirs, and over HTTP with no more than the SDK's signer, for the agent as a program, which starts often
 * and shares the memory of the user's job.
 *
 * <p>Start at {@link io.crois.runtime.agent.aws.AgentServices}.
 */
@NullMarked
package io.crois.runtime.agent.aws;

import org.jspecify.annotations.NullMarked;

package io.crois.platform;

import java.nio.file.Path;

/**
 * A version of the platform's code on this machine.
 *
 * @param functionsJar the functions, {@code crois-runtime-functions.jar}
 * @param agentBundle the agent for machines of AWS Batch, {@code crois-agent.tar.gz}
 */
public record PlatformRelease(Path functionsJar, Path agentBundle) {}

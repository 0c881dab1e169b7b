package io.crois.project;

import io.crois.execution.ProjectSettings;

/**
 * What {@link Provisioner#apply} did.
 *
 * @param settings what executions of the project need
 * @param changes what was changed; empty when everything was as it shall be
 * @param reads how many calls only looked
 * @param writes how many calls changed something, those included that were tried again
 */
public record Provisioned(ProjectSettings settings, Plan changes, int reads, int writes) {}

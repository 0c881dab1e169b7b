package io.crois.testkit.engine.internal.service;

import org.jspecify.annotations.Nullable;

/**
 * What is started: a machine as it is now, a version of it, or the version that an alias leads to.
 *
 * @param revision what runs
 * @param versionArn of a version
 * @param aliasArn of an alias
 */
record Target(
        Machine machine,
        Machine.Revision revision,
        @Nullable String versionArn,
        @Nullable String aliasArn) {}

/**
 * Makes the projects of an account: roles, key, rights and secrets of each, so that only a project's own containers and
 * the applications that it admits read what it stores.
 *
 * <p>Start at {@link io.crois.project.Provisioner}; {@link io.crois.project.ProjectPolicies} shows what is granted.
 */
@NullMarked
package io.crois.project;

import org.jspecify.annotations.NullMarked;

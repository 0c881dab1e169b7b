/**
 * A project as a CloudFormation template, for those who deploy by CloudFormation or the CDK. Where to start:
 * {@link io.crois.export.ProjectTemplate}.
 */
@NullMarked
package io.crois.export;

import org.jspecify.annotations.NullMarked;

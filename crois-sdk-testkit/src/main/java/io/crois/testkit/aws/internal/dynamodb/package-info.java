/**
 * What Amazon DynamoDB does with items: values, document paths, the expression language, tables and their journal.
 *
 * <p>Where to start: {@link io.crois.testkit.aws.internal.dynamodb.Table} and
 * {@link io.crois.testkit.aws.internal.dynamodb.Expressions}.
 */
@NullMarked
package io.crois.testkit.aws.internal.dynamodb;

import org.jspecify.annotations.NullMarked;

/**
 * The one DynamoDB table in which the functions, the agent and the SDK keep orders, reports, results and statuses:
 * typed reads, writes that only ever move a status forward, and the feed of what changed.
 *
 * <p>Start at {@link io.crois.table.CroisTable}.
 */
@NullMarked
package io.crois.table;

import org.jspecify.annotations.NullMarked;

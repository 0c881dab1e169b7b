/**
 * The agent's transfers as a program of their own, beside other programs that move files, on a server of this machine.
 *
 * <p>Start at {@code benchmarks/transfers}, the script that runs them all.
 */
@NullMarked
package io.crois.benchmarks.transfer;

import org.jspecify.annotations.NullMarked;

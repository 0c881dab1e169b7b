/** Measures Crois beside what a user would use instead. */
@NullMarked
package io.crois.benchmarks;

import org.jspecify.annotations.NullMarked;

/** Benchmarks of the engines alone, on the same machine in the same run. */
@NullMarked
package com.flashsale.load.raw;

import org.jspecify.annotations.NullMarked;

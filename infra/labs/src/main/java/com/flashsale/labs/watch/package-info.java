/** One seed of a simulation as a page: steps, faults, units, line and invariants over time. */
@NullMarked
package com.flashsale.labs.watch;

import org.jspecify.annotations.NullMarked;

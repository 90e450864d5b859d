/** Demand after sold out: who gets the units that come back, in which order, and who is told that it is over. */
@NullMarked
package com.flashsale.waitlist.waitlist;

import org.jspecify.annotations.NullMarked;

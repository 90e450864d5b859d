/** Crowd control before the purchase: numbers, turns and admissions. */
@NullMarked
package com.flashsale.waitlist.waitingroom;

import org.jspecify.annotations.NullMarked;

/** Traffic before the purchase: numbers, turns, and who is let in when. */
@NullMarked
package com.flashsale.waitlist.waitingroom;

import org.jspecify.annotations.NullMarked;

/**
 * The waitlist, demand after sold out: it offers units that come back, in order, and tells customers when it is over.
 */
@NullMarked
package com.flashsale.waitlist.entry;

import org.jspecify.annotations.NullMarked;

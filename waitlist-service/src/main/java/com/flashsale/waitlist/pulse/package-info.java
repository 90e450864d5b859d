/** Work that goes on by itself: each kind on its own thread, so that one that waits does not hold up another. */
@NullMarked
package com.flashsale.waitlist.pulse;

import org.jspecify.annotations.NullMarked;

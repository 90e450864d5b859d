/** Scheduled tasks, each on its own thread, so that one that waits does not hold up another. */
@NullMarked
package com.flashsale.waitlist.schedule;

import org.jspecify.annotations.NullMarked;

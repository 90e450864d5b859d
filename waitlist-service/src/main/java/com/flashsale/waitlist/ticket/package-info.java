/** A customer's place in a queue: joining, finding it, and the admission that its turn is exchanged for. */
@NullMarked
package com.flashsale.waitlist.ticket;

import org.jspecify.annotations.NullMarked;

/** The public state of the queues, and the customers of sold-out rooms for the gateway. */
@NullMarked
package com.flashsale.waitlist.status;

import org.jspecify.annotations.NullMarked;

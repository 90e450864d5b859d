/** The public state of a sale's queue, and the refusals after it is sold out, answered from memory. */
@NullMarked
package com.flashsale.gateway.queue;

import org.jspecify.annotations.NullMarked;

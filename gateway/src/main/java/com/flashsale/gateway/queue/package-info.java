/** The public state of a sale's queue, answered from memory. */
@NullMarked
package com.flashsale.gateway.queue;

import org.jspecify.annotations.NullMarked;

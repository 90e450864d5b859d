/** The public state of a sale's queue, and what is told to those who come too late, answered from memory. */
@NullMarked
package com.flashsale.gateway.queue;

import org.jspecify.annotations.NullMarked;

/** Fifth step of a request for a queue: the answer from memory, or the refusal after the sale is sold out. */
@NullMarked
package com.flashsale.gateway.queue;

import org.jspecify.annotations.NullMarked;

/** A payment provider with test methods that set its reaction: order-service calls it in place of a real one. */
@NullMarked
package com.flashsale.payment;

import org.jspecify.annotations.NullMarked;

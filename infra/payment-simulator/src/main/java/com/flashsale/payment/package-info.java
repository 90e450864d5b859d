/** A payment provider that one can steer: what order-service calls in place of a real one. */
@NullMarked
package com.flashsale.payment;

import org.jspecify.annotations.NullMarked;

/** The process owner: everything that happens to an order after it was placed, with its compensations. */
@NullMarked
package com.flashsale.order.checkout;

import org.jspecify.annotations.NullMarked;

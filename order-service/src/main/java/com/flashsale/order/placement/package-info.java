/** Placing an order: the check of the admission, and many orders in one transaction. */
@NullMarked
package com.flashsale.order.placement;

import org.jspecify.annotations.NullMarked;

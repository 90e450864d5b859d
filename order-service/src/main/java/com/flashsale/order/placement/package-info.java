/** Placing an order: the check at the door, and many orders in one transaction. */
@NullMarked
package com.flashsale.order.placement;

import org.jspecify.annotations.NullMarked;

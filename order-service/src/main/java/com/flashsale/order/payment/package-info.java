/** One charge of one order at the payment provider. */
@NullMarked
package com.flashsale.order.payment;

import org.jspecify.annotations.NullMarked;

/** Amounts in the smallest unit of their currency. */
@NullMarked
package com.flashsale.payment.money;

import org.jspecify.annotations.NullMarked;

/** Charges: at most one capture per key, even if the answer is lost. */
@NullMarked
package com.flashsale.payment.charge;

import org.jspecify.annotations.NullMarked;

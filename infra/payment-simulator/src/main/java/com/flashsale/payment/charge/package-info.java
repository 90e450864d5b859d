/** Charges: at most one capture per key, whatever happens to the answer. */
@NullMarked
package com.flashsale.payment.charge;

import org.jspecify.annotations.NullMarked;

/** Access to the simulator: a caller with the API key may charge. */
@NullMarked
package com.flashsale.payment.access;

import org.jspecify.annotations.NullMarked;

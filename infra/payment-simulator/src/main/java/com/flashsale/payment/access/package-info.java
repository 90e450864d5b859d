/** Who may charge: whoever has the API key. */
@NullMarked
package com.flashsale.payment.access;

import org.jspecify.annotations.NullMarked;

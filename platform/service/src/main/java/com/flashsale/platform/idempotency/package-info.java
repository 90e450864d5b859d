/** A request that is sent again is answered again, not done again. */
@NullMarked
package com.flashsale.platform.idempotency;

import org.jspecify.annotations.NullMarked;

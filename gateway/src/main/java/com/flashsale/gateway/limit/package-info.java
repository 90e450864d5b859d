/** How often somebody may call. */
@NullMarked
package com.flashsale.gateway.limit;

import org.jspecify.annotations.NullMarked;

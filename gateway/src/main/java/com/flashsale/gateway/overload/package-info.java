/** Fourth step of a request: it gets room within the concurrency limit, or is shed. */
@NullMarked
package com.flashsale.gateway.overload;

import org.jspecify.annotations.NullMarked;

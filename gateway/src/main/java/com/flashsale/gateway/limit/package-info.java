/** Rate limits: how often a caller may send requests. */
@NullMarked
package com.flashsale.gateway.limit;

import org.jspecify.annotations.NullMarked;

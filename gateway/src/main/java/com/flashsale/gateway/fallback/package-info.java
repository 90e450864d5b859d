/** The last good response, for use when a service fails. */
@NullMarked
package com.flashsale.gateway.fallback;

import org.jspecify.annotations.NullMarked;

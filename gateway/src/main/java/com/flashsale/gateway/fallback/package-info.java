/** The last good answer, for when there is no new one. */
@NullMarked
package com.flashsale.gateway.fallback;

import org.jspecify.annotations.NullMarked;

/** One trace id from the first request to the last event, and how logs look. */
@NullMarked
package com.flashsale.platform.observability;

import org.jspecify.annotations.NullMarked;

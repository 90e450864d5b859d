/** Each message takes effect once, however often it is delivered. */
@NullMarked
package com.flashsale.platform.inbox;

import org.jspecify.annotations.NullMarked;

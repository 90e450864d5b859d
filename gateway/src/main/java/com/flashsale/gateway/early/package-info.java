/** Answers on the connection itself: to the many clients that poll, come too late, or find no room. */
@NullMarked
package com.flashsale.gateway.early;

import org.jspecify.annotations.NullMarked;

/** Answers that are given on the connection itself: to the many who poll, come too late, or find no room. */
@NullMarked
package com.flashsale.gateway.early;

import org.jspecify.annotations.NullMarked;

/** Overload protection: limits of the requests under way and of their size. */
@NullMarked
package com.flashsale.gateway.load;

import org.jspecify.annotations.NullMarked;

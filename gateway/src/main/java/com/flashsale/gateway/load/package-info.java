/** How much may be under way at once, and how large it may be. */
@NullMarked
package com.flashsale.gateway.load;

import org.jspecify.annotations.NullMarked;

/** Sets that are small enough to be handed to another process, at the price of a wrong yes now and then. */
@NullMarked
package com.flashsale.platform.filter;

import org.jspecify.annotations.NullMarked;

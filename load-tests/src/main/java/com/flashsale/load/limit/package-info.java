/** The highest arrival rate that the platform holds, and the resource that holds it back. */
@NullMarked
package com.flashsale.load.limit;

import org.jspecify.annotations.NullMarked;

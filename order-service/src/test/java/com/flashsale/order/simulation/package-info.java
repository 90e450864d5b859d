/** Payments under simulated clocks, losses and stops. */
@NullMarked
package com.flashsale.order.simulation;

import org.jspecify.annotations.NullMarked;

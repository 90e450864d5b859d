/** Requests that operators have stopped by a switch, on every way through the gateway. */
@NullMarked
package com.flashsale.gateway.switches;

import org.jspecify.annotations.NullMarked;

/** Switches that operators turn while processes run: the last known state, evaluated by OpenFeature. */
@NullMarked
package com.flashsale.platform.switches;

import org.jspecify.annotations.NullMarked;

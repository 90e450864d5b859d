/** Reservations under a seeded scheduler. */
@NullMarked
package com.flashsale.inventory.simulation;

import org.jspecify.annotations.NullMarked;

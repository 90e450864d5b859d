/** Units set aside while a customer pays. */
@NullMarked
package com.flashsale.inventory.reservation;

import org.jspecify.annotations.NullMarked;

/** The units that a sale can still promise. */
@NullMarked
package com.flashsale.inventory.stock;

import org.jspecify.annotations.NullMarked;

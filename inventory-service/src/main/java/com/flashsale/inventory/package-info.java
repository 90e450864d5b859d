/** The truth about the units of a sale: their number, their holders and their owners. */
@NullMarked
package com.flashsale.inventory;

import org.jspecify.annotations.NullMarked;

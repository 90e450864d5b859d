/** The truth about units of a sale: how many there are, who holds them and who owns them. */
@NullMarked
package com.flashsale.inventory;

import org.jspecify.annotations.NullMarked;

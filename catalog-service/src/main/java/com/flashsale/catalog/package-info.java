/** Products and sales: the offers with their prices, times and units. */
@NullMarked
package com.flashsale.catalog;

import org.jspecify.annotations.NullMarked;

/** Amounts in the smallest unit of their currency. */
@NullMarked
package com.flashsale.catalog.money;

import org.jspecify.annotations.NullMarked;

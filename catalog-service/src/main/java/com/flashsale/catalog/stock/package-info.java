/** How many units are left, roughly: a copy of what inventory says. */
@NullMarked
package com.flashsale.catalog.stock;

import org.jspecify.annotations.NullMarked;

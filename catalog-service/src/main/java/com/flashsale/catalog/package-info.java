/** Products and sales: what is offered, at which price, when, and how many. */
@NullMarked
package com.flashsale.catalog;

import org.jspecify.annotations.NullMarked;

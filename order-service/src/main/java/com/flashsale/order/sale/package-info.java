/** What an order needs to know of a sale: a copy of catalog's facts, kept fresh by its events. */
@NullMarked
package com.flashsale.order.sale;

import org.jspecify.annotations.NullMarked;

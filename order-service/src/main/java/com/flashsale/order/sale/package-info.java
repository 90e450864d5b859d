/** Sales as an order needs them: a copy of catalog's facts, kept fresh by its events. */
@NullMarked
package com.flashsale.order.sale;

import org.jspecify.annotations.NullMarked;

/** The purchase of one customer in one sale: its states, its storage, and how its owner reads and watches it. */
@NullMarked
package com.flashsale.order.order;

import org.jspecify.annotations.NullMarked;

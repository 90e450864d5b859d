/** Simulated customers of a sale: a seed draws their behaviour, and the public API is their only way in. */
@NullMarked
package com.flashsale.customers;

import org.jspecify.annotations.NullMarked;

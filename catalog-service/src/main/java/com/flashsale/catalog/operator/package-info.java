/** Requests of operators: checked as a whole, and applied once per Idempotency-Key. */
@NullMarked
package com.flashsale.catalog.operator;

import org.jspecify.annotations.NullMarked;

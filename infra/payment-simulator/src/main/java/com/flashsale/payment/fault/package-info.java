/** Faults of the provider that end by themselves. */
@NullMarked
package com.flashsale.payment.fault;

import org.jspecify.annotations.NullMarked;

/** A whole sale for simulated customers: its plan, its samples, its conditions and its result. */
@NullMarked
package com.flashsale.customers.demo;

import org.jspecify.annotations.NullMarked;

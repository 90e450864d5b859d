/**
 * Simulated customers of a sale, with habits drawn from a seed: their actions, the responses to them, and the time that
 * each step takes.
 */
@NullMarked
package com.flashsale.customers;

import org.jspecify.annotations.NullMarked;

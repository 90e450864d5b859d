package com.flashsale.waitlist.sale;

/**
 * Published when a sale is gone as if it had never been, since a purge removed its load test. Listeners drop its data
 * from memory.
 */
public record SaleEvicted(SaleId sale) {}

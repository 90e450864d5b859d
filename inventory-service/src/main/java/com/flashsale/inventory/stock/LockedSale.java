package com.flashsale.inventory.stock;

import java.time.Instant;

/**
 * A sale's units and terms under the lock of the running transaction.
 *
 * @param now the database's clock: all replicas decide by the same one
 */
public record LockedSale(Stock stock, SaleTerms terms, Instant now) {}

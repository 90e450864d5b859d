package com.flashsale.gateway.queue;

import com.flashsale.platform.filter.BloomFilter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The customers of a sold-out sale whose requests must pass: a customer with a number may hold an admission.
 *
 * @param version the service's name for this set of customers
 * @param loadTest the load test of these customers; null for real ones
 * @param endsAt from then on the sale has ended instead
 */
record TicketHolders(String version, @Nullable String loadTest, Instant endsAt, BloomFilter customers) {}

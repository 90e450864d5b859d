package com.flashsale.gateway.queue;

import com.flashsale.platform.filter.BloomFilter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The people of a sold-out sale who must be let through: whoever has a number may hold an admission.
 *
 * @param version the service's name for this crowd
 * @param loadTest whose customers this is about; null for real ones
 * @param endsAt from then on the sale has ended instead
 */
record SoldOutCrowd(String version, @Nullable String loadTest, Instant endsAt, BloomFilter customers) {}

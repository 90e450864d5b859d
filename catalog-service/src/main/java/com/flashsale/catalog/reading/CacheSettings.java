package com.flashsale.catalog.reading;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param ttl how old an answer may be; at most a second, because people watch the stock
 * @param patience how long a reader waits for somebody else's database read
 * @param entries products or sales that are kept, each cache for itself; a page counts as many as it lists
 */
@ConfigurationProperties("catalog.cache")
public record CacheSettings(
        @DefaultValue("1s") Duration ttl,
        @DefaultValue("3s") Duration patience,
        @DefaultValue("5000") int entries) {

    private static final Duration OLDEST = Duration.ofSeconds(1);

    public CacheSettings {
        if (!ttl.isPositive() || ttl.compareTo(OLDEST) > 0) {
            throw new IllegalArgumentException("catalog.cache.ttl must be above 0 and at most " + OLDEST);
        }
    }
}

package com.flashsale.catalog.reading;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param ttl how old a response may be; at most a second, because people watch the stock
 * @param patience how long a reader waits for another reader's database read; less than the 2 s for which the gateway
 *     waits
 * @param bytes most heap that each of the four caches takes, keys included
 */
@ConfigurationProperties("catalog.cache")
public record CacheSettings(
        @DefaultValue("1s") Duration ttl,
        @DefaultValue("1500ms") Duration patience,
        @DefaultValue("8388608") long bytes) {

    private static final Duration OLDEST = Duration.ofSeconds(1);

    public CacheSettings {
        if (!ttl.isPositive() || ttl.compareTo(OLDEST) > 0) {
            throw new IllegalArgumentException("catalog.cache.ttl must be above 0 and at most " + OLDEST);
        }
    }
}

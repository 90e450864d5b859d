package com.flashsale.platform.outbox;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param enabled whether this service publishes events
 * @param batch events read, sent and deleted together; at most this many are sent again after a crash
 * @param poll how long the relay sleeps unless it is woken, up to four times as long while no event comes: the delay of
 *     events that another replica committed
 * @param pace from the beginning of one batch to that of the next, at least, and up to twice as long on a busy machine:
 *     batches of the relay are the batches of all consumers behind it
 * @param sendTimeout how long one batch may wait for the broker's acknowledgement
 * @param idleLimit how long the relay's session may say nothing before the server ends it, with its leases; more than
 *     it waits for a missing topic (5 s) and for acknowledgements (sendTimeout)
 */
@ConfigurationProperties("platform.outbox")
record OutboxSettings(
        @DefaultValue("false") boolean enabled,
        @DefaultValue("500") int batch,
        @DefaultValue("50ms") Duration poll,
        @DefaultValue("100ms") Duration pace,
        @DefaultValue("12s") Duration sendTimeout,
        @DefaultValue("20s") Duration idleLimit) {

    /** Keys are spread over this many leases; fixed, because a row keeps the shard it was given. */
    static final int SHARDS = 8;
}

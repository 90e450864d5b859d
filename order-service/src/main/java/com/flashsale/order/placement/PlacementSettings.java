package com.flashsale.order.placement;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param maxBatch orders in one transaction
 * @param queueCapacity orders that may wait for the next one; more are refused with 503
 * @param maxWait how long an order may wait
 * @param pace from one transaction's beginning to the next one's, at least
 */
@ConfigurationProperties("order.placement")
record PlacementSettings(
        @DefaultValue("256") int maxBatch,
        @DefaultValue("2000") int queueCapacity,
        @DefaultValue("2s") Duration maxWait,
        @DefaultValue("30ms") Duration pace) {}

package com.flashsale.gateway.queue;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * @param freshFor how long an answer counts as new; at most one call of the service for each sale in this time
 * @param staleFor how long an old answer is given when there is no new one
 * @param sales whose answers are kept
 * @param crowds memory for the customers of sold-out sales, over all sales
 * @param maxFetches calls of the service under way at once, over all sales
 */
@ConfigurationProperties("gateway.queue")
record QueueSettings(Duration freshFor, Duration staleFor, int sales, DataSize crowds, int maxFetches) {}

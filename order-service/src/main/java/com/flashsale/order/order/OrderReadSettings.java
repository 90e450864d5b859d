package com.flashsale.order.order;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param atOnce readers that use a connection at the same time; less than half of the pool
 * @param waiting readers that may wait for that
 * @param patience how long one waits
 */
@ConfigurationProperties("order.reads")
record OrderReadSettings(
        @DefaultValue("3") int atOnce,
        @DefaultValue("500") int waiting,
        @DefaultValue("1s") Duration patience) {}

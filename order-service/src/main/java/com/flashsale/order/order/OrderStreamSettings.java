package com.flashsale.order.order;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param maxSubscribers streams that one replica keeps open, at some 11 KB of heap each; below the connections that the
 *     web server accepts
 * @param maxPerCustomer streams of one customer
 * @param timeout after this a stream ends and the browser comes back with its Last-Event-ID
 */
@ConfigurationProperties("order.stream")
record OrderStreamSettings(
        @DefaultValue("3000") int maxSubscribers,
        @DefaultValue("10") int maxPerCustomer,
        @DefaultValue("5m") Duration timeout) {}

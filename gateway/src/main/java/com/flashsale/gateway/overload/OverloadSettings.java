package com.flashsale.gateway.overload;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * @param maxBody of any request
 * @param bodyTimeout until a body is complete
 * @param minInFlight lower bound of the limit, in requests
 * @param maxInFlight upper bound of the limit, in requests, and its value before the first measurement
 * @param target how long requests may take on average, payments apart, before fewer are let in
 * @param window in which the average is taken
 * @param maxStreams event streams of queues open at once; the gateway writes them itself
 * @param maxProxiedStreams event streams of services open at once
 * @param maxStreamsOfClient proxied event streams of one customer
 * @param stalled until a client that does not read its response is disconnected
 */
@ConfigurationProperties("gateway.load")
public record OverloadSettings(
        DataSize maxBody,
        Duration bodyTimeout,
        int minInFlight,
        int maxInFlight,
        Duration target,
        Duration window,
        int maxStreams,
        int maxProxiedStreams,
        int maxStreamsOfClient,
        Duration stalled) {}

package com.flashsale.gateway.load;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * @param maxBody of any request
 * @param bodyTimeout until a body is complete
 * @param minInFlight never fewer than these
 * @param maxInFlight never more than these, and so many before anything is measured
 * @param target how long requests may take on average, payments apart, before fewer are let in
 * @param window in which the average is taken
 * @param maxStreams event streams open at once
 */
@ConfigurationProperties("gateway.load")
record LoadSettings(
        DataSize maxBody,
        Duration bodyTimeout,
        int minInFlight,
        int maxInFlight,
        Duration target,
        Duration window,
        int maxStreams) {}

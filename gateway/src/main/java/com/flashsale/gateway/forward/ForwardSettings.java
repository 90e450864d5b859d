package com.flashsale.gateway.forward;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param enabled whether small requests are forwarded on the connection
 * @param connectTimeout for a connection to a service
 * @param maxIdle until an unused connection is closed; shorter than the keep-alive of a service
 * @param maxLife until a connection is not used again
 * @param maxUnused connections of one event loop to one instance that are kept
 */
@ConfigurationProperties("gateway.forward")
record ForwardSettings(boolean enabled, Duration connectTimeout, Duration maxIdle, Duration maxLife, int maxUnused) {}

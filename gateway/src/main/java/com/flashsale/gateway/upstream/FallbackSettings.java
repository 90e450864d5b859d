package com.flashsale.gateway.upstream;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * @param maxResponse larger answers are not kept
 * @param maxTotal of all that is kept, keys included
 * @param maxAge until an answer is too old to be given
 */
@ConfigurationProperties("gateway.fallback")
record FallbackSettings(DataSize maxResponse, DataSize maxTotal, Duration maxAge) {}

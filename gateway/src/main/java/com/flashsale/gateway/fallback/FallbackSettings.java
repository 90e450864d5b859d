package com.flashsale.gateway.fallback;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * @param maxResponse larger answers are not kept
 * @param maxTotal of all that is kept
 */
@ConfigurationProperties("gateway.fallback")
record FallbackSettings(DataSize maxResponse, DataSize maxTotal) {}

package com.flashsale.platform.security;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param issuer the {@code iss} of access tokens: the public address of the platform
 * @param jwksUri where auth-service publishes its keys
 * @param audience the {@code aud} that a token must name
 * @param clockSkew how far clocks may be apart
 * @param cachedTokens verified tokens that are remembered until they end; a signature check costs more than the rest of many requests
 */
@ConfigurationProperties("platform.security")
record SecuritySettings(
        String issuer,
        URI jwksUri,
        @DefaultValue("flashsale") String audience,
        @DefaultValue("10s") Duration clockSkew,
        @DefaultValue("20000") int cachedTokens) {}

package com.flashsale.platform.security;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * @param issuer the {@code iss} of access tokens: the public address of the platform
 * @param jwksUri where auth-service publishes its keys
 * @param audience the {@code aud} that a token must name
 * @param clockSkew how far clocks may be apart
 * @param cachedTokens memory for verified tokens, which are remembered until they end: a signature check costs more
 *     than most requests
 */
@ConfigurationProperties("platform.security")
record SecuritySettings(
        String issuer,
        URI jwksUri,
        @DefaultValue("flashsale") String audience,
        @DefaultValue("10s") Duration clockSkew,
        @DefaultValue("16MB") DataSize cachedTokens) {}

package com.flashsale.gateway.auth;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param issuer the only issuer whose tokens count
 * @param audience must be among a token's audiences
 * @param jwksUri where the issuer's public keys are
 * @param jwksTimeout for one fetch of the keys
 * @param refreshEvery how often the keys are fetched in the background
 * @param unknownKeyEvery how often a token with an unknown key may cause a fetch
 * @param clockSkew how far our clock and the issuer's may differ
 * @param cachedTokens how many verified tokens are remembered at most, those that were shown last
 * @param proofKeys {@code kid:base64,...}, by which services are told that a token was checked; empty: they check each
 *     token themselves
 */
@ConfigurationProperties("gateway.token")
record TokenSettings(
        String issuer,
        String audience,
        URI jwksUri,
        Duration jwksTimeout,
        Duration refreshEvery,
        Duration unknownKeyEvery,
        Duration clockSkew,
        int cachedTokens,
        String proofKeys) {}

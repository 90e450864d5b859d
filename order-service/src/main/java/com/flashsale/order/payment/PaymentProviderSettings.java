package com.flashsale.order.payment;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param url the provider's address
 * @param key its API key
 * @param connectTimeout of one call
 * @param readTimeout of one call, for each of its reads
 * @param timeLimit of one call as a whole; afterwards its outcome is unclear
 * @param breakerOpen how long the circuit breaker lets no call pass after it opened
 */
@ConfigurationProperties("order.payment-provider")
record PaymentProviderSettings(
        URI url,
        String key,
        @DefaultValue("1s") Duration connectTimeout,
        @DefaultValue("3s") Duration readTimeout,
        @DefaultValue("3s") Duration timeLimit,
        @DefaultValue("2s") Duration breakerOpen) {}

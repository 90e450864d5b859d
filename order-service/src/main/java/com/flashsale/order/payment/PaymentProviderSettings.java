package com.flashsale.order.payment;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param url the provider's address
 * @param key its API key
 * @param connectTimeout of one call
 * @param readTimeout of one call; the time limit over all of it is Resilience4j's
 */
@ConfigurationProperties("order.payment-provider")
record PaymentProviderSettings(
        URI url,
        String key,
        @DefaultValue("1s") Duration connectTimeout,
        @DefaultValue("3s") Duration readTimeout) {}

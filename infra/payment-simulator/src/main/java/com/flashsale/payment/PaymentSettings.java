package com.flashsale.payment;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param apiKey the key that callers must present; without a default, so that no simulator runs with a known one
 * @param slowAnswer how long an answer to {@code test-slow} takes
 * @param noAnswer how long a caller of {@code test-timeout} would have to wait; longer than any client does
 * @param maxWaiting answers that may wait at the same time; more are refused before they have any effect
 */
@ConfigurationProperties("payment")
public record PaymentSettings(
        String apiKey,
        @DefaultValue("1500ms") Duration slowAnswer,
        @DefaultValue("30s") Duration noAnswer,
        @DefaultValue("200") int maxWaiting) {

    private static final int SHORTEST_KEY = 16;

    public PaymentSettings {
        if (apiKey.length() < SHORTEST_KEY) {
            throw new IllegalArgumentException("payment.api-key needs at least " + SHORTEST_KEY + " characters");
        }
    }

    /** Not the key: settings end up in logs. */
    @Override
    public String toString() {
        return "PaymentSettings[slowAnswer=%s, noAnswer=%s, maxWaiting=%d]".formatted(slowAnswer, noAnswer, maxWaiting);
    }
}

package com.flashsale.inventory.reservation;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param every how often the job looks
 * @param grace how long after {@code expiresAt} a payment that was made in time may still arrive
 * @param batch reservations that expire in one transaction
 */
@ConfigurationProperties("inventory.expiry")
record ExpirySettings(Duration every, Duration grace, int batch) {

    /** A longer grace would only keep units from other customers. */
    private static final Duration LONGEST_GRACE = Duration.ofSeconds(10);

    ExpirySettings {
        if (grace.isNegative() || grace.compareTo(LONGEST_GRACE) > 0) {
            throw new IllegalArgumentException("inventory.expiry.grace must be from 0 to " + LONGEST_GRACE);
        }
        if (batch < 1) throw new IllegalArgumentException("inventory.expiry.batch must be positive");
    }

    double graceSeconds() {
        return grace.toMillis() / 1000.0;
    }
}

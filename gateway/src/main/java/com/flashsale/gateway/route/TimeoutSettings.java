package com.flashsale.gateway.route;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The time budget, inner within outer; the connect timeout stands with the HTTP client's settings.
 *
 * @param answer until a service has sent its response's head
 * @param browse the same for reads of the catalog, which have a fallback
 * @param exchange until the whole answer is with the client; event streams are exempt
 */
@ConfigurationProperties("gateway.timeout")
public record TimeoutSettings(Duration answer, Duration browse, Duration exchange) {

    public TimeoutSettings {
        if (browse.compareTo(answer) > 0 || answer.compareTo(exchange) >= 0) {
            throw new IllegalArgumentException("gateway.timeout must grow: browse <= answer < exchange");
        }
    }

    /** How long a service may take until the head of its answer; null: as long as it likes. */
    @Nullable
    Duration of(Cost cost) {
        return switch (cost) {
            case NOTHING, STREAM -> null;
            case BROWSE -> browse;
            case JOIN, ORDER, PAY -> answer;
        };
    }
}

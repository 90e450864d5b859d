package com.flashsale.gateway.route;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The time budget, inner within outer; the connect timeout stands with the HTTP client's settings.
 *
 * @param answer until a service has sent its response's head
 * @param browse the same for reads of the catalog, which have a fallback
 * @param stream the same for event streams
 * @param exchange until the whole answer is with the client; event streams are exempt
 */
@ConfigurationProperties("gateway.timeout")
public record TimeoutSettings(Duration answer, Duration browse, Duration stream, Duration exchange) {

    public TimeoutSettings {
        if (browse.compareTo(answer) > 0 || answer.compareTo(exchange) >= 0) {
            throw new IllegalArgumentException("gateway.timeout must grow: browse <= answer < exchange");
        }
    }

    /** How long a service may take until the head of its answer. */
    public Duration of(RequestPriority priority) {
        return switch (priority) {
            case STREAM -> stream;
            case NOTHING, BROWSE -> browse;
            case JOIN, ORDER, PAY -> answer;
        };
    }
}

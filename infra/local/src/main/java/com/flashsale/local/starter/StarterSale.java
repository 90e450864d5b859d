package com.flashsale.local.starter;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A sale to buy from, as it is told to the person who started the platform.
 *
 * @param url its page
 */
public record StarterSale(String id, String product, Instant opensAt, String url) {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

    /** One sentence with the product of the sale, and its opening. */
    public String text(Instant now) {
        if (!opensAt.isAfter(now)) return "%s, open now: %s".formatted(product, url);
        return "%s, opens at %s (in %d s): %s"
                .formatted(
                        product,
                        TIME.format(opensAt),
                        Duration.between(now, opensAt).toSeconds() + 1,
                        url);
    }
}

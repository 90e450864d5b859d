package com.flashsale.waitlist.room;

import com.flashsale.waitlist.admission.Admission;
import com.flashsale.waitlist.sale.CustomerId;
import com.flashsale.waitlist.sale.Sale;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An admission as the scripts keep it: {@code id|issuedAt|expiresAt|units|recorded|customer|paused}, in seconds, but
 * the last.
 *
 * @param recorded whether it is known to be a row in PostgreSQL
 * @param pausedMillis how long the sale's pauses had lasted when it was issued; null of a claim that does not say it
 */
public record Claim(
        String text,
        UUID id,
        Instant issuedAt,
        Instant expiresAt,
        int units,
        boolean recorded,
        CustomerId customer,
        @Nullable Long pausedMillis) {

    static Claim parse(String text) {
        var parts = text.split("\\|", -1);
        return new Claim(
                text,
                UUID.fromString(parts[0]),
                Instant.ofEpochSecond(Long.parseLong(parts[1])),
                Instant.ofEpochSecond(Long.parseLong(parts[2])),
                Integer.parseInt(parts[3]),
                "1".equals(parts[4]),
                new CustomerId(UUID.fromString(parts[5])),
                parts.length > 6 && !parts[6].isEmpty() ? Long.valueOf(parts[6]) : null);
    }

    static String textOf(Admission admission) {
        return String.join(
                "|",
                admission.id().toString(),
                Long.toString(admission.issuedAt().getEpochSecond()),
                Long.toString(admission.expiresAt().getEpochSecond()),
                Integer.toString(admission.units()),
                "1",
                admission.customer().value().toString(),
                Long.toString(admission.pausedMillis()));
    }

    public Admission toAdmission(Sale sale, long number, Duration grace) {
        return new Admission(
                id,
                sale.id(),
                customer,
                units,
                new Admission.Turn(number),
                issuedAt,
                expiresAt,
                expiresAt.plus(grace),
                pausedMillis == null ? sale.pausedMillis() : pausedMillis);
    }
}

package com.flashsale.waitlist.waitingroom;

import com.flashsale.waitlist.admission.Admission;
import com.flashsale.waitlist.sale.CustomerId;
import com.flashsale.waitlist.sale.Sale;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * An admission as the scripts keep it: {@code id|issuedAt|expiresAt|units|recorded|customer}, in seconds.
 *
 * @param recorded whether it is known to be a row in PostgreSQL
 */
record Claim(
        String text, UUID id, Instant issuedAt, Instant expiresAt, int units, boolean recorded, CustomerId customer) {

    static Claim parse(String text) {
        var parts = text.split("\\|", -1);
        return new Claim(
                text,
                UUID.fromString(parts[0]),
                Instant.ofEpochSecond(Long.parseLong(parts[1])),
                Instant.ofEpochSecond(Long.parseLong(parts[2])),
                Integer.parseInt(parts[3]),
                "1".equals(parts[4]),
                new CustomerId(UUID.fromString(parts[5])));
    }

    static String textOf(Admission admission) {
        return String.join(
                "|",
                admission.id().toString(),
                Long.toString(admission.issuedAt().getEpochSecond()),
                Long.toString(admission.expiresAt().getEpochSecond()),
                Integer.toString(admission.units()),
                "1",
                admission.customer().value().toString());
    }

    Admission toAdmission(Sale sale, long number, Duration grace) {
        return new Admission(
                id,
                sale.id(),
                customer,
                units,
                new Admission.Turn(number),
                issuedAt,
                expiresAt,
                expiresAt.plus(grace),
                sale.loadTest());
    }
}

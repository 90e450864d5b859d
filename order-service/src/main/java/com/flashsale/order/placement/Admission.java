package com.flashsale.order.placement;

import com.flashsale.order.sale.Sale.Pauses;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The right to place one order, as waitlist-service signed it.
 *
 * @param id can be used once
 * @param units the most that the order may ask for
 * @param expiresAt from this instant on it no longer counts, unless the sale was paused meanwhile
 * @param pausedMillis for how long the sale had been paused in all when it was issued; null: its end does not move
 */
record Admission(
        UUID id,
        UUID saleId,
        UUID customerId,
        int units,
        Instant expiresAt,
        @Nullable Long pausedMillis) {

    static final String TYPE = "admission+jwt";

    /** Reads the claims of a token whose signature holds; nothing if one is missing or misshapen. */
    static Optional<Admission> of(Map<String, Object> claims) {
        try {
            return claims.get("units") instanceof Number units && claims.get("exp") instanceof Number exp
                    ? Optional.of(new Admission(
                            UUID.fromString(String.valueOf(claims.get("jti"))),
                            UUID.fromString(String.valueOf(claims.get("sale"))),
                            UUID.fromString(String.valueOf(claims.get("sub"))),
                            units.intValue(),
                            Instant.ofEpochSecond(exp.longValue()),
                            claims.get("pausedMillis") instanceof Number paused ? paused.longValue() : null))
                    : Optional.empty();
        } catch (IllegalArgumentException misshapen) {
            return Optional.empty();
        }
    }

    boolean isFor(UUID sale, UUID customer) {
        return saleId.equals(sale) && customerId.equals(customer);
    }

    /** A pause of the sale takes nothing of its time away. */
    boolean isExpiredAt(Instant now, Pauses pauses) {
        if (pausedMillis == null) return !now.isBefore(expiresAt);
        var pausedSince = pauses.inAllAt(now).minusMillis(pausedMillis);
        return !now.isBefore(pausedSince.isNegative() ? expiresAt : expiresAt.plus(pausedSince));
    }
}

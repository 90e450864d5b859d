package com.flashsale.order.placement;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The right to place one order, as waitlist-service signed it.
 *
 * @param id can be used once
 * @param units the most that the order may ask for
 * @param expiresAt from this instant on it no longer counts
 */
record Admission(UUID id, UUID saleId, UUID customerId, int units, Instant expiresAt) {

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
                            Instant.ofEpochSecond(exp.longValue())))
                    : Optional.empty();
        } catch (IllegalArgumentException misshapen) {
            return Optional.empty();
        }
    }

    boolean isFor(UUID sale, UUID customer) {
        return saleId.equals(sale) && customerId.equals(customer);
    }

    boolean isExpiredAt(Instant now) {
        return !now.isBefore(expiresAt);
    }
}

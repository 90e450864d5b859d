package com.flashsale.waitlist.admission;

import com.flashsale.waitlist.sale.CustomerId;
import com.flashsale.waitlist.sale.SaleId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A short-lived right to place one order, bound to customer and sale.
 *
 * @param units the most that the order may ask for; so many units are promised until the order is decided
 * @param expiresAt no order may be placed from then on
 * @param lapsesAt it is taken back from then on; its units go to the next one when order-service has said that no order came with it
 * @param loadTest of the sale; null for real customers
 */
public record Admission(
        UUID id,
        SaleId sale,
        CustomerId customer,
        int units,
        Source source,
        Instant issuedAt,
        Instant expiresAt,
        Instant lapsesAt,
        @Nullable String loadTest) {

    /** How one comes to it. */
    public sealed interface Source {}

    /** The turn of a number in the waiting room. */
    public record Turn(long number) implements Source {}

    /** An offer to an entry of the waitlist. */
    public record Offer(UUID entry) implements Source {}

    public boolean isUsable(Instant now) {
        return now.isBefore(expiresAt);
    }
}

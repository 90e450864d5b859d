package com.flashsale.inventory.reservation;

import java.time.Instant;

/**
 * Units of a sale set aside for one order. After Held no state changes, except that a late payment can confirm an
 * expired reservation.
 */
sealed interface Reservation {

    /** The reservation as it was made. */
    Held held();

    default ReservationId id() {
        return held().id();
    }

    default Purchase purchase() {
        return held().purchase();
    }

    /** Whether its units count against the customer's limit. */
    boolean counts();

    record Held(ReservationId id, Purchase purchase, Instant heldAt, Instant expiresAt) implements Reservation {

        public Held {
            if (!heldAt.isBefore(expiresAt)) throw new IllegalArgumentException("expires before it is held: " + id);
        }

        @Override
        public Held held() {
            return this;
        }

        @Override
        public boolean counts() {
            return true;
        }

        /**
         * Ignores {@code expiresAt}: while the reservation is held, no other customer can have its units, so a payment
         * in the grace still wins.
         */
        Confirmed confirm(Instant now) {
            return new Confirmed(this, now);
        }

        Released release(Instant now) {
            return new Released(this, now);
        }

        Expired expire(Instant now) {
            return new Expired(this, now);
        }
    }

    /** Paid: the units are sold. Final. */
    record Confirmed(Held held, Instant at) implements Reservation {
        @Override
        public boolean counts() {
            return true;
        }
    }

    /** The order was cancelled: the units are available again. Final. */
    record Released(Held held, Instant at) implements Reservation {
        @Override
        public boolean counts() {
            return false;
        }
    }

    /** Time was up: the units are available again. */
    record Expired(Held held, Instant at) implements Reservation {
        @Override
        public boolean counts() {
            return false;
        }

        /** The payment was captured and its news came late. The caller has taken free units for it. */
        Confirmed confirmLate(Instant now) {
            return new Confirmed(held, now);
        }
    }
}

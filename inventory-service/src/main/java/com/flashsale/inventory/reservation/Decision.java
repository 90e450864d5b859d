package com.flashsale.inventory.reservation;

import org.jspecify.annotations.Nullable;

/** A decision on the units of one order; each becomes one event. */
sealed interface Decision {

    Purchase purchase();

    record Held(Reservation.Held reservation) implements Decision {
        @Override
        public Purchase purchase() {
            return reservation.purchase();
        }
    }

    record Refused(Purchase purchase, Refusal refusal) implements Decision {}

    record Confirmed(Reservation.Confirmed reservation) implements Decision {
        @Override
        public Purchase purchase() {
            return reservation.purchase();
        }
    }

    /** Paid, but there are no units for it: order-service gives the money back. */
    record ConfirmationRefused(Purchase purchase, @Nullable ReservationId reservation) implements Decision {}

    record Released(Reservation.Released reservation) implements Decision {
        @Override
        public Purchase purchase() {
            return reservation.purchase();
        }
    }

    record Expired(Reservation.Expired reservation) implements Decision {
        @Override
        public Purchase purchase() {
            return reservation.purchase();
        }
    }
}

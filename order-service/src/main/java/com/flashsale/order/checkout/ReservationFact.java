package com.flashsale.order.checkout;

import static java.util.stream.Collectors.toMap;

import com.flashsale.order.order.Order.RefusalReason;
import com.flashsale.platform.messaging.Event;
import com.flashsale.platform.observability.WorkContext;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A fact from inventory for the checkout, with only the fields that it reads. */
sealed interface ReservationFact {

    UUID orderId();

    /** @param heldAt by the same clock as {@code expiresAt}; null from an inventory that does not tell it yet */
    record Held(UUID orderId, Instant expiresAt, @Nullable Instant heldAt) implements ReservationFact {
        public Held {
            Objects.requireNonNull(orderId, "orderId");
            Objects.requireNonNull(expiresAt, "expiresAt");
        }
    }

    record Refused(UUID orderId, RefusalReason reason) implements ReservationFact {
        public Refused {
            Objects.requireNonNull(orderId, "orderId");
            Objects.requireNonNull(reason, "reason");
        }
    }

    record Expired(UUID orderId) implements ReservationFact {
        public Expired {
            Objects.requireNonNull(orderId, "orderId");
        }
    }

    /** Paid too late, and no unit was left. */
    record ConfirmationRefused(UUID orderId) implements ReservationFact {
        public ConfirmationRefused {
            Objects.requireNonNull(orderId, "orderId");
        }
    }

    /** The origin of the news about each order. */
    static Map<UUID, WorkContext> origins(List<Event> news) {
        return news.stream()
                .collect(toMap(event -> ((ReservationFact) event.data()).orderId(), Event::origin, (_, last) -> last));
    }

    /** Confirmed and released change no order: the order knew first. */
    Map<String, Class<?>> TYPES = Map.of(
            "com.flashsale.inventory.reservation.held.v1", Held.class,
            "com.flashsale.inventory.reservation.refused.v1", Refused.class,
            "com.flashsale.inventory.reservation.expired.v1", Expired.class,
            "com.flashsale.inventory.reservation.confirmation-refused.v1", ConfirmationRefused.class);
}

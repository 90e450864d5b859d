package com.flashsale.inventory.reservation;

import com.flashsale.inventory.stock.OrderId;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The reservations that one transaction has read, and their states after its decisions. */
final class ReservationBook {

    private final Map<OrderId, Reservation> known = new HashMap<>();
    private final Map<OrderId, Reservation> changed = new LinkedHashMap<>();

    ReservationBook(Collection<Reservation> known) {
        known.forEach(reservation -> this.known.put(reservation.purchase().order(), reservation));
    }

    record Change(Reservation from, Reservation to) {}

    @Nullable
    Reservation find(OrderId order) {
        var latest = changed.get(order);
        return latest != null ? latest : known.get(order);
    }

    void become(Reservation reservation) {
        changed.put(reservation.purchase().order(), reservation);
    }

    /** Reservations that did not exist before, in the state they have now. */
    List<Reservation> created() {
        return changed.values().stream()
                .filter(reservation -> !known.containsKey(reservation.purchase().order()))
                .toList();
    }

    /** Reservations that existed before and have another state now. */
    List<Change> settled() {
        return known.values().stream()
                .flatMap(from ->
                        Optional.ofNullable(changed.get(from.purchase().order()))
                                .map(to -> new Change(from, to))
                                .stream())
                .toList();
    }
}

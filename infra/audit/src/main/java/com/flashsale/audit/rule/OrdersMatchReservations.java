package com.flashsale.audit.rule;

import com.flashsale.audit.evidence.Evidence;
import com.flashsale.client.platform.Cursor;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** Order by order: the state in order-service fits the reservation in inventory-service. */
final class OrdersMatchReservations implements Rule {

    private static final String NONE = "NONE";

    /** For each state of an order, the states of its reservation that fit. */
    private static final Map<String, Set<String>> FITTING = Map.of(
            "RESERVED", Set.of("HELD"),
            "PAID", Set.of("CONFIRMED"),
            "REFUSED", Set.of(NONE),
            "CANCELLED", Set.of(NONE, "RELEASED", "EXPIRED"));

    @Override
    public Duration patience() {
        return SETTLED;
    }

    @Override
    public void check(Evidence evidence, CheckResult result) throws SQLException {
        var databases = evidence.databases();
        try (var orders = databases.cursor("orders", """
                        select id::text, state, quantity
                          from orders
                         order by id
                        """);
                var reservations = databases.cursor("inventory", """
                        select order_id::text, state, units
                          from reservation
                         order by order_id
                        """)) {
            while (orders.id() != null || reservations.id() != null) {
                if (reservations.isBefore(orders)) {
                    result.violated(
                            "order " + reservations.id(), "has a reservation and does not exist in order-service");
                    reservations.next();
                } else if (orders.isBefore(reservations)) {
                    compare(result, orders, NONE, 0);
                    orders.next();
                } else {
                    compare(
                            result,
                            orders,
                            reservations.row().getString(2),
                            reservations.row().getInt(3));
                    orders.next();
                    reservations.next();
                }
            }
        }
    }

    private static void compare(CheckResult result, Cursor order, String reservation, int units) throws SQLException {
        result.checked(1);
        var state = order.row().getString(2);
        int quantity = order.row().getInt(3);
        // a placed order waits for its answer: after the settling time it has had one
        boolean fits = FITTING.getOrDefault(state, Set.of()).contains(reservation)
                && (reservation.equals(NONE) || units == quantity);
        if (!fits) {
            result.violated(
                    "order " + order.id(),
                    "is %s for %d, its reservation is %s for %d".formatted(state, quantity, reservation, units));
        }
    }
}

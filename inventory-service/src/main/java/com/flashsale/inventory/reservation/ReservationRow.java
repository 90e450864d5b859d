package com.flashsale.inventory.reservation;

import com.flashsale.inventory.stock.OrderId;
import com.flashsale.inventory.stock.SaleId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The mapping of a reservation to its row: the state is a text there and a type here. */
final class ReservationRow {

    private ReservationRow() {}

    static Reservation read(ResultSet row, int number) throws SQLException {
        var held = new Reservation.Held(
                new ReservationId(row.getObject("id", UUID.class)),
                new Purchase(
                        new OrderId(row.getObject("order_id", UUID.class)),
                        new SaleId(row.getObject("sale_id", UUID.class)),
                        new CustomerId(row.getObject("customer_id", UUID.class)),
                        row.getInt("units")),
                row.getTimestamp("held_at").toInstant(),
                row.getTimestamp("expires_at").toInstant());
        return switch (row.getString("state")) {
            case "HELD" -> held;
            case "CONFIRMED" -> new Reservation.Confirmed(held, settledAt(row));
            case "RELEASED" -> new Reservation.Released(held, settledAt(row));
            case "EXPIRED" -> new Reservation.Expired(held, settledAt(row));
            case String unknown -> throw new IllegalStateException("no such state: " + unknown);
        };
    }

    private static Instant settledAt(ResultSet row) throws SQLException {
        return row.getTimestamp("settled_at").toInstant();
    }

    static String state(Reservation reservation) {
        return switch (reservation) {
            case Reservation.Held _ -> "HELD";
            case Reservation.Confirmed _ -> "CONFIRMED";
            case Reservation.Released _ -> "RELEASED";
            case Reservation.Expired _ -> "EXPIRED";
        };
    }

    static @Nullable Instant settledAt(Reservation reservation) {
        return switch (reservation) {
            case Reservation.Held _ -> null;
            case Reservation.Confirmed confirmed -> confirmed.at();
            case Reservation.Released released -> released.at();
            case Reservation.Expired expired -> expired.at();
        };
    }
}

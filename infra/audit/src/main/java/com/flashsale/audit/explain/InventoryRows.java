package com.flashsale.audit.explain;

import com.flashsale.client.platform.Databases;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import java.util.TreeSet;
import java.util.UUID;

/** The rows of inventory-service: reservations, the ledger of units, and refusals. */
final class InventoryRows extends RowReader {

    private static final String WRITER = "inventory.reservation.DecisionWriter";

    private final int smallLedger;
    private final TreeSet<Instant> moved = new TreeSet<>();

    /** @param smallLedger the number of ledger rows up to which it is read as a whole: it has no index by order */
    InventoryRows(Databases databases, Footprint found, Timeline line, int smallLedger) {
        super(databases, "inventory", Reasons.INVENTORY, found, line);
        this.smallLedger = smallLedger;
    }

    @Override
    void read() throws SQLException {
        each(found.orders, """
                select order_id, id, units, state, held_at, expires_at, settled_at
                  from reservation
                 where order_id = any (?)
                """, this::reservation);
        each(found.orders, """
                select order_id, refused_at
                  from refused_order
                 where order_id = any (?)
                """, this::refused);
        var ranges = new LedgerRanges(databases, smallLedger).around(moved);
        for (var range : ranges) {
            each(found.orders, """
                    select id, order_id, kind, units, moved_at
                      from ledger
                     where order_id = any (?)
                       and id between %d and %d
                    """.formatted(range.first(), range.last()), this::movement);
        }
    }

    private void reservation(ResultSet row) throws SQLException {
        var order = id(row, "order_id");
        var held = instant(row, "held_at");
        var settled = instant(row, "settled_at");
        if (held != null) moved.add(held);
        if (settled != null) moved.add(settled);
        var state = row.getString("state");
        var details = new Details()
                .with("of order", order)
                .with(row, "state")
                .with(row, "units")
                .with("expires at", instant(row, "expires_at"))
                .with("settled at", settled);
        line.add(row(held, "reservation " + id(row, "id") + details.inBrackets())
                .by(WRITER)
                .about(order, "reservation.held"));
        line.proved(order, "reservation.held", held, new Details().with("quantity", row.getString("units")));
        if (settled != null) {
            line.proved(order, "reservation." + state.toLowerCase(Locale.ROOT), settled, Details.none());
        }
    }

    private void refused(ResultSet row) throws SQLException {
        var order = id(row, "order_id");
        var at = instant(row, "refused_at");
        line.add(row(at, "refused_order " + order).by(WRITER).about(order, "reservation.refused"));
    }

    private void movement(ResultSet row) throws SQLException {
        UUID order = id(row, "order_id");
        var kind = row.getString("kind");
        line.add(row(
                        instant(row, "moved_at"),
                        "ledger %d (of order %s, %s, units %d)"
                                .formatted(row.getLong("id"), order, kind, row.getInt("units")))
                .by("inventory.stock.Ledger")
                .about(order, "reservation." + kind.toLowerCase(Locale.ROOT)));
    }
}

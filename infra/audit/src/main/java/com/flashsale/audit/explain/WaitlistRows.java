package com.flashsale.audit.explain;

import com.flashsale.audit.explain.Explanation.SubjectKind;
import com.flashsale.client.platform.Databases;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.stream.Collectors;

/** The rows of waitlist-service: places, admissions, the orders that came with them, and entries of the waitlist. */
final class WaitlistRows extends RowReader {

    WaitlistRows(Databases databases, Footprint found, Timeline line) {
        super(databases, "waitlist", Reasons.WAITLIST, found, line);
    }

    @Override
    void read() throws SQLException {
        each(found.admissions, """
                select id, sale_id, units, source, number, entry_id, state, issued_at, expires_at, lapses_at, order_id,
                       withdrawn_at
                  from admission
                 where id = any (?)
                """, this::admission);
        each(found.orders, """
                select order_id, admission_id, decided, refused, stage, units, heard_at
                  from admitted_order
                 where order_id = any (?)
                """, this::admittedOrder);
        each(found.entries, """
                select id, sale_id, place, turn, state, admission_id, joined_at
                  from waitlist_entry
                 where id = any (?)
                """, this::entry);
        if (found.sales.isEmpty()) return;
        var sales = found.sales.stream().map(sale -> "'" + sale + "'").collect(Collectors.joining(", "));
        each(found.customers, """
                select place.sale_id, place.number, sale.opens_at
                  from lobby_place place
                  join sale using (sale_id)
                 where place.customer_id = any (?)
                   and place.sale_id in (%s)
                """.formatted(sales), this::lobbyPlace);
        if (found.subject.kind() == SubjectKind.TICKET) {
            each(found.sales, """
                    select room.sale_id, room.issued, room.serving, room.phase, sale.opens_at
                      from waiting_room room
                      join sale using (sale_id)
                     where room.sale_id = any (?)
                    """, this::room);
        }
    }

    private void admission(ResultSet row) throws SQLException {
        var id = id(row, "id");
        var issued = instant(row, "issued_at");
        var details = new Details()
                .with(row, "state")
                .with(row, "source")
                .with(row, "number")
                .with("entry", row.getString("entry_id"))
                .with(row, "units")
                .with("expires at", instant(row, "expires_at"))
                .with("withdrawn at", instant(row, "withdrawn_at"))
                .with("order", row.getString("order_id"));
        line.add(row(issued, "admission " + id + details.inBrackets())
                .by("waitlist.admission.Admissions")
                .about(id, "admission.issued"));
        if (row.getString("source").equals("TURN")) {
            line.proved(
                    id,
                    "admission.turn",
                    issued,
                    new Details().with(row, "number").with(row, "units"));
        }
        if (row.getString("order_id") == null) {
            line.outcome("Admission %s is %s: no order is known to it.".formatted(id, row.getString("state")));
        }
    }

    private void admittedOrder(ResultSet row) throws SQLException {
        var order = id(row, "order_id");
        var details = new Details()
                .with("admission", row.getString("admission_id"))
                .with(row, "decided")
                .with(row, "refused")
                .with(row, "stage")
                .with(row, "units");
        line.add(row(instant(row, "heard_at"), "admitted_order " + order + details.inBrackets())
                .by("waitlist.admission.AdmittedOrders")
                .about(order, "order.placed"));
    }

    private void entry(ResultSet row) throws SQLException {
        var id = id(row, "id");
        var joined = instant(row, "joined_at");
        boolean behindAllTickets = row.getLong("place") == Long.MAX_VALUE;
        var details = new Details()
                .with(row, "state")
                .with("place", behindAllTickets ? "behind all tickets" : row.getString("place"))
                .with(row, "turn")
                .with("last offer", row.getString("admission_id"));
        line.add(row(joined, "waitlist_entry " + id + details.inBrackets())
                .by("waitlist.entry.WriteEntries")
                .about(id, "entry.waiting"));
        line.proved(id, "entry.waiting", joined, Details.none());
        line.outcome("Waitlist entry %s of sale %s is %s.".formatted(id, id(row, "sale_id"), row.getString("state")));
    }

    /** A place has no time of its own: it is from before the opening. */
    private void lobbyPlace(ResultSet row) throws SQLException {
        var number = row.getString("number");
        line.addUndated(row(
                        instant(row, "opens_at"),
                        "lobby_place in sale %s, %s (the time is the opening)"
                                .formatted(
                                        id(row, "sale_id"), number == null ? "without a number" : "number " + number))
                .by("waitlist.room.LobbyPlaces"));
    }

    private void room(ResultSet row) throws SQLException {
        line.addUndated(row(
                        instant(row, "opens_at"),
                        "waiting_room of sale %s (issued up to %d, served up to %d, %s; the time is the opening)"
                                .formatted(
                                        id(row, "sale_id"),
                                        row.getLong("issued"),
                                        row.getLong("serving"),
                                        row.getLong("phase") % 2 == 0 ? "selling by numbers" : "sold out"))
                .by("waitlist.room.Rooms"));
        line.note("The numbers of waiting customers are in Redis, which is not read."
                + " A number above the serving number waits for its turn.");
    }
}

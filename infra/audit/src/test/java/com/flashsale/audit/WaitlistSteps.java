package com.flashsale.audit;

import com.flashsale.audit.ShopEvents.Event;
import com.flashsale.audit.evidence.Topics;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;

/** The steps of waitlist-service. */
final class WaitlistSteps {

    private final ShopDatabases databases;
    private final ShopEvents events;
    private final UUID sale;
    private int number;

    WaitlistSteps(ShopDatabases databases, ShopEvents events, UUID sale) {
        this.databases = databases;
        this.events = events;
        this.sale = sale;
    }

    /** A turn of the waiting room. */
    UUID admit(UUID customer) throws SQLException {
        var admission = TinyShop.uuid();
        number++;
        databases.insert(
                "waitlist",
                promise(admission, customer, "TURN")
                        .with("number", number)
                        .sql("expires_at", "now() + interval '1 min'")
                        .sql("lapses_at", "now() + interval '65 s'"));
        databases.run(
                "waitlist",
                "update waiting_room set issued = ?, serving = ?, settled = ? where sale_id = ?",
                number,
                number,
                number,
                sale);
        return admission;
    }

    /** An entry of the waitlist, numbered as a replica does it whose clock shows this time. */
    UUID join(UUID customer, long clockMillis) throws SQLException {
        var entry = new UUID(clockMillis << 16 | 0x7000L, TinyShop.uuid().getLeastSignificantBits());
        return databases.in("waitlist", connection -> {
            ShopDatabases.update(connection, """
                    insert into waitlist_entry (id, sale_id, customer_id, place, state)
                    values (?, ?, ?, 9223372036854775807, 'WAITING')
                    """, entry, sale, customer);
            entryEvent(connection, entry, "waiting");
            return entry;
        });
    }

    /** A freed unit for this entry. */
    UUID offer(UUID entry, UUID customer) throws SQLException {
        var admission = TinyShop.uuid();
        return databases.in("waitlist", connection -> {
            promise(admission, customer, "OFFER")
                    .with("entry_id", entry)
                    .sql("expires_at", "now() + interval '5 min'")
                    .sql("lapses_at", "now() + interval '305 s'")
                    .insert(connection);
            ShopDatabases.update(
                    connection,
                    "update waitlist_entry set state = 'OFFERED', admission_id = ? where id = ?",
                    admission,
                    entry);
            entryEvent(connection, entry, "offered");
            return admission;
        });
    }

    private Row promise(UUID admission, UUID customer, String source) {
        return Row.of("admission")
                .with("id", admission)
                .with("sale_id", sale)
                .with("customer_id", customer)
                .with("units", 1)
                .with("source", source)
                .with("state", "ISSUED")
                .sql("issued_at", "now()");
    }

    private void entryEvent(Connection connection, UUID entry, String fact) throws SQLException {
        events.append(
                connection,
                Event.of(Topics.ENTRIES, "com.flashsale.waitlist.entry." + fact + ".v1", entry, sale, "{}"));
    }

    /** Takes over what inventory has decided, and the stock after it. */
    void follow() throws SQLException {
        for (var event : events.read("waitlist", Topics.RESERVATIONS)) {
            databases.run(
                    "waitlist",
                    "update admission set state = 'DECIDED', order_id = ? where id = ?",
                    event.subject(),
                    admissionOf(event.subject()));
        }
        copyStock();
    }

    private void copyStock() throws SQLException {
        var stock = databases.row(
                "inventory",
                "select allotted, allotted - reserved - sold, reserved, sold, version from stock where sale_id = ?",
                sale);
        databases.run(
                "waitlist",
                "update stock set available = ?, reserved = ?, sold = ?, version = ? where sale_id = ?",
                stock.get(1),
                stock.get(2),
                stock.get(3),
                stock.get(4),
                sale);
        databases.run(
                "catalog",
                "update sale_stock set available = ?, version = ? where sale_id = ?",
                stock.get(1),
                stock.get(4),
                sale);
    }

    private UUID admissionOf(UUID order) throws SQLException {
        return (UUID) databases
                .row("orders", "select admission_id from orders where id = ?", order)
                .getFirst();
    }
}

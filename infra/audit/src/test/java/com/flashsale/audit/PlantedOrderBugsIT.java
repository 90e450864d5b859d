package com.flashsale.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;

/** The planted bugs about orders, keys and money. */
class PlantedOrderBugsIT extends PlantedBugs {

    /** Nothing that says once: two requests with one key both find that it is new. */
    @Test
    void M2_no_unique_index_on_the_key() throws Exception {
        var admission = shop.waitlist.admit(ADA);
        together(List.of(
                () -> shop.orders.place(ADA, "one-key", admission),
                () -> shop.orders.place(ADA, "one-key", admission)));
        shop.settle();
        assertGreen();

        restart(5, 1);
        books.execute(
                "orders",
                "alter table idempotency_record drop constraint idempotency_record_pkey",
                "alter table orders drop constraint orders_admission_id_key");
        try {
            var used = shop.waitlist.admit(ADA);
            var bothHaveLooked = new CyclicBarrier(2);
            Step placeUnlessKnown = () -> shop.databases.in("orders", connection -> {
                var known =
                        ShopDatabases.row(connection, "select count(*) from idempotency_record where key = 'one-key'");
                meet(bothHaveLooked);
                var made = TinyShop.uuid();
                if (((Number) known.getFirst()).intValue() == 0) {
                    shop.orders.claim(connection, ADA, "one-key", made);
                    shop.orders.writeOrder(connection, made, ADA, used);
                }
                return made;
            });
            together(List.of(placeUnlessKnown, placeUnlessKnown));
            shop.settle();
            assertCaught("I5", "key one-key of customer " + ADA, "2 answers");
            assertCaught("I5", "admission " + used, "2 orders");
        } finally {
            books.execute(
                    "orders",
                    "truncate idempotency_record, orders cascade",
                    "alter table idempotency_record add constraint idempotency_record_pkey primary key (scope, key)",
                    "alter table orders add constraint orders_admission_id_key unique (admission_id)");
        }
    }

    /** "202" goes out, then the process dies, and with it the transaction. */
    @Test
    void M4_the_answer_goes_out_before_the_commit() throws Exception {
        var admission = shop.waitlist.admit(ADA);
        write(shop.history(ADA, "key", shop.orders.place(ADA, "key", admission), 202));
        shop.settle();
        assertGreen();

        restart(5, 1);
        var early = shop.waitlist.admit(ADA);
        var promised = TinyShop.uuid();
        try (var connection = books.connect("orders")) {
            connection.setAutoCommit(false);
            shop.orders.claim(connection, ADA, "key", promised);
            shop.orders.writeOrder(connection, promised, ADA, early);
            write(shop.history(ADA, "key", promised, 202));
            // the connection ends without a commit, as a killed process's does
        }
        shop.settle();
        assertCaught("I4", "order " + promised, ADA.toString());
    }

    /** The provider answers too late, and is asked again under a new key. */
    @Test
    void M7_a_capture_that_is_retried_without_its_key() throws Exception {
        shop.buy(ADA);
        assertGreen();

        restart(5, 1);
        var order = orderOf(ADA);
        shop.settle();
        var payment = TinyShop.uuid();
        shop.orders.request(payment, order);
        ;
        for (int attempt = 0; attempt < 2; attempt++)
            shop.orders.charge(TinyShop.uuid().toString(), order);
        shop.orders.paid(payment, order);
        shop.settle();
        assertCaught("I10", "order " + order, "2 captures");
    }

    /**
     * The answer to a key is looked up without its owner: Bob, who happens to use the same key, is given Ada's order.
     */
    @Test
    void M11_the_owner_is_not_asked_for() throws Exception {
        placeByBothWith((customer, admission) -> shop.orders.place(customer, "0001", admission));
        assertGreen();

        restart(5, 1);
        var orders = placeByBothWith((customer, admission) -> shop.databases.in("orders", connection -> {
            var known = ShopDatabases.row(connection, "select min(location) from idempotency_record where key = '0001'")
                    .getFirst();
            return known == null
                    ? shop.orders.place(customer, "0001", admission)
                    : UUID.fromString(known.toString().substring("/api/v1/orders/".length()));
        }));
        assertCaught("I4", "order " + orders, BOB.toString());
    }

    private interface Place {
        UUID by(UUID customer, UUID admission) throws SQLException;
    }

    /** Returns what Bob was told. */
    private UUID placeByBothWith(Place place) throws Exception {
        write(shop.history(ADA, "0001", place.by(ADA, shop.waitlist.admit(ADA)), 202));
        var admission = shop.waitlist.admit(BOB);
        var told = place.by(BOB, admission);
        write(shop.history(BOB, "0001", told, 202));
        shop.settle();
        return told;
    }

    /** The order is committed, the process dies, and the key was to be written next. */
    @Test
    void M12_the_key_is_stored_outside_the_transaction() throws Exception {
        var admission = shop.waitlist.admit(ADA);
        assertThat(shop.orders.place(ADA, "key", admission)).isEqualTo(shop.orders.place(ADA, "key", admission));
        shop.settle();
        assertGreen();

        restart(5, 1);
        var used = shop.waitlist.admit(ADA);
        var order = TinyShop.uuid();
        shop.databases.in("orders", connection -> {
            shop.orders.writeOrder(connection, order, ADA, used);
            return true;
        });
        // here the process ends; the client comes again with its key and is told that its admission is used
        shop.settle();
        assertCaught("I4", "order " + order, "no answer is kept");
    }

    /**
     * Three tries of the client, of the gateway and of a service: 27 requests, one key, one order; no book shows it.
     */
    @Test
    void M14_retries_on_every_layer_leave_no_trace_in_the_books() throws Exception {
        var admission = shop.waitlist.admit(ADA);
        var order = shop.orders.place(ADA, "key", admission);
        for (int retry = 1; retry < 27; retry++) {
            assertThat(shop.orders.place(ADA, "key", admission)).isEqualTo(order);
        }
        shop.settle();
        assertGreen();
    }
}

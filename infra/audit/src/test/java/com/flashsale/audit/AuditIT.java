package com.flashsale.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Each invariant is shown to see what it is there to see: a fault is planted, and the audit names it. */
class AuditIT extends PlantedFaults {

    @Test
    void books_that_balance_are_green_and_something_was_looked_at() throws Exception {
        var report = audit();

        assertThat(report.green()).as(report.text()).isTrue();
        assertThat(report.invariants())
                .extracting(AuditReport.Result::id)
                .containsExactly("I1", "I2", "I3", "I4", "I5", "I6", "I7", "I8", "I9", "I10", "I11", "I12", "I15");
        assertThat(report.invariants())
                .filteredOn(result -> !Set.of("I8", "I9", "I15").contains(result.id()))
                .allSatisfy(
                        result -> assertThat(result.checked()).as(result.id()).isPositive());
    }

    @Test
    void I1_sees_more_units_taken_than_were_allotted() throws Exception {
        books.execute("inventory", "update stock set sold = 11");

        assertViolated("I1", "sale " + Books.SALE);
    }

    @Test
    void I1_sees_more_paid_orders_than_units_even_if_inventory_knows_nothing_of_it() throws Exception {
        books.execute("orders", """
                insert into orders
                       (id, sale_id, customer_id, admission_id, quantity, total_minor, currency, state, reserved_until,
                        placed_at, version)
                select gen_random_uuid(), '%1$s', gen_random_uuid(), gen_random_uuid(), 1, 8990, 'EUR', 'PAID', now(),
                       now(), 3
                  from generate_series(1, 10)
                """);

        assertViolated("I1", "sale " + Books.SALE);
    }

    @Test
    void I2_sees_a_stock_row_that_its_ledger_does_not_explain() throws Exception {
        books.execute("inventory", "update stock set sold = 2");

        assertViolated("I2", "sale " + Books.SALE);
    }

    @Test
    void I3_sees_a_paid_order_whose_units_were_given_away() throws Exception {
        books.execute("inventory", "update reservation set state = 'EXPIRED'");

        assertViolated("I3", "order " + Books.PAID);
    }

    @Test
    void I3_sees_a_reservation_that_belongs_to_no_order() throws Exception {
        books.insert(
                "inventory",
                BalancedRows.reservation(UUID.randomUUID(), Books.BOB, "HELD")
                        .sql("held_at", "now()")
                        .sql("expires_at", "now() + interval '2 min'"));

        assertViolated("I3", "does not exist in order-service");
    }

    @Test
    void I3_gives_what_is_on_its_way_the_time_to_settle() throws Exception {
        books.execute("inventory", "update reservation set state = 'HELD', settled_at = null");
        var settling = Thread.ofVirtual().start(() -> {
            try {
                books.execute("inventory", "update reservation set state = 'CONFIRMED', settled_at = now()");
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });

        try (var databases = books.databases()) {
            var report = new Audit(databases, Clock.systemUTC(), Duration.ofSeconds(20)).run();
            assertThat(report.invariants().stream().filter(it -> it.id().equals("I3")))
                    .allMatch(AuditReport.Result::holds);
        }
        settling.join();
    }

    @Test
    void I5_sees_one_admission_used_for_two_orders() throws Exception {
        books.execute("orders", "update orders set admission_id = '%1$s'");

        assertViolated("I5", "admission " + Books.SALE);
    }

    @Test
    void I4_sees_a_promised_order_that_is_not_there() throws Exception {
        var lost = UUID.randomUUID();
        books.insert("orders", BalancedRows.answer(Books.ADA, "key-2", lost));

        assertViolated("I4", "order " + lost);
    }

    @Test
    void I6_sees_a_customer_with_more_than_the_limit() throws Exception {
        books.insert("orders", BalancedRows.paidOrder(UUID.randomUUID(), Books.ADA));

        assertViolated("I6", "customer " + Books.ADA);
    }

    @Test
    void I11_sees_a_hold_that_outlives_its_time() throws Exception {
        books.insert(
                "inventory",
                BalancedRows.reservation(Books.REFUSED, Books.BOB, "HELD")
                        .sql("held_at", "now() - interval '1 min'")
                        .sql("expires_at", "now() - interval '20 s'"));

        assertViolated("I11", "order " + Books.REFUSED);
    }

    @Test
    void I11_lets_a_hold_be_while_its_payment_is_in_flight() throws Exception {
        books.execute("inventory", """
                update reservation
                   set state = 'HELD', settled_at = null, held_at = now() - interval '1 min',
                       expires_at = now() - interval '20 s'
                """);

        assertThat(result("I11").violations()).isEmpty();
    }

    @Test
    void I10_sees_a_second_capture() throws Exception {
        books.insert("payment", BalancedRows.capture("p2", Books.PAID));

        assertViolated("I10", "order " + Books.PAID);
    }

    @Test
    void I10_sees_money_taken_for_an_order_that_got_nothing() throws Exception {
        books.insert("payment", BalancedRows.capture("p3", Books.REFUSED));

        assertViolated("I10", "order " + Books.REFUSED);
    }

    @Test
    void the_audit_can_change_nothing() throws Exception {
        try (var databases = books.databases()) {
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> databases.read("inventory", "delete from stock returning 1", _ -> {}));
        }
    }
}

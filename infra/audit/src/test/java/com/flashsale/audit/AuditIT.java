package com.flashsale.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.flashsale.audit.evidence.Evidence;
import com.flashsale.audit.rule.CheckResult;
import com.flashsale.audit.rule.LiveRules;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each invariant is shown to see what it is there to see: a fault is planted, and the audit names it. */
class AuditIT {

    private static Books books;

    @BeforeAll
    static void open() throws SQLException, IOException {
        books = new Books();
        books.execute("inventory", "alter table stock drop constraint never_oversold");
        books.execute("orders", "alter table orders drop constraint orders_admission_id_key");
    }

    @AfterAll
    static void close() {
        books.close();
    }

    @BeforeEach
    void balance() throws SQLException {
        books.balance();
    }

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
                select gen_random_uuid(), '%1$s', gen_random_uuid(), gen_random_uuid(), 1, 8990, 'EUR', 'PAID', null, now(), now(), 3
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
        books.execute("inventory", """
                insert into reservation values (gen_random_uuid(), '%3$s', '%1$s', '%5$s', 1, 'HELD', now(), now() + interval '2 min', null)
                """);

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
        books.execute("orders", """
                insert into idempotency_record values
                ('%4$s', 'key-2', '\\x00', 202, '/api/v1/orders/""" + lost + """
                ', convert_to('{"state":"PLACED"}', 'UTF8'))
                """);

        assertViolated("I4", "order " + lost);
    }

    @Test
    void I6_sees_a_customer_with_more_than_the_limit() throws Exception {
        books.execute("orders", """
                insert into orders
                values (gen_random_uuid(), '%1$s', '%4$s', gen_random_uuid(), 1, 8990, 'EUR', 'PAID', null, now(), now(), 3)
                """);

        assertViolated("I6", "customer " + Books.ADA);
    }

    @Test
    void I9_sees_somebody_whom_nobody_told_that_it_is_over() throws Exception {
        books.execute(
                "waitlist",
                "update sale set opens_at = now() - interval '1 h', closes_at = now() - interval '1 min'",
                """
                insert into waitlist_entry values ('%2$s', '%1$s', '%5$s', 1, 'WAITING', null, now() - interval '2 min')
                """);

        assertViolated("I9", "entry " + Books.PAID);
    }

    /**
     * Three offers of one batch have one millisecond and an order all the same; the rows lie in another order than
     * that.
     */
    @Test
    void I9_follows_the_order_of_offers_within_a_millisecond() throws Exception {
        books.execute(
                "waitlist",
                "insert into waitlist_entry select "
                        + "('00000000-0000-7000-8000-0000000001' || lpad(place::text, 2, '0'))::uuid, '%1$s', gen_random_uuid(), place,"
                        + " 'LAPSED', null, now() - interval '1 min' - place * interval '2 s' from unnest(array[3, 1, 2]) as place",
                """
                insert into admission
                select ('01a20337-d029-7b8d-a4aa-2955394700' || lpad(place::text, 2, '0'))::uuid, sale_id, customer_id, 1, 'OFFER', null, id,
                       'LAPSED', now() - interval '30 s', now() - interval '20 s', now() - interval '20 s', null
                  from waitlist_entry
                 where sale_id = '%1$s'
                """);

        assertThat(result("I9").violations()).isEmpty();
    }

    @Test
    void I11_sees_a_hold_that_outlives_its_time() throws Exception {
        books.execute("inventory", """
                insert into reservation values ('%3$s', '%3$s', '%1$s', '%5$s', 1, 'HELD', now() - interval '1 min', now() - interval '20 s', null)
                """);

        assertViolated("I11", "order " + Books.REFUSED);
    }

    @Test
    void I11_lets_a_hold_be_while_its_payment_is_in_flight() throws Exception {
        books.execute("inventory", """
                update reservation
                   set state = 'HELD', settled_at = null, held_at = now() - interval '1 min', expires_at = now() - interval '20 s'
                """);

        assertThat(result("I11").violations()).isEmpty();
    }

    @Test
    void I12_sees_an_order_that_nobody_was_let_in_for() throws Exception {
        books.execute("waitlist", "delete from admission where id = '%2$s'");

        assertViolated("I12", "order " + Books.PAID);
    }

    @Test
    void I12_sees_an_order_with_the_admission_of_another_customer() throws Exception {
        books.execute("waitlist", "update admission set customer_id = '%5$s' where id = '%2$s'");

        assertViolated("I12", "order " + Books.PAID);
    }

    @Test
    void I12_sees_an_order_with_an_admission_that_was_taken_back() throws Exception {
        books.execute("orders", "insert into voided_admission values ('%2$s', now())");

        assertViolated("I12", "order " + Books.PAID);
    }

    @Test
    void I12_sees_more_promises_than_units() throws Exception {
        books.execute("waitlist", """
                insert into admission
                select gen_random_uuid(), '%1$s', gen_random_uuid(), 1, 'TURN', 100 + number, null, 'ISSUED', now(),
                       now() + interval '1 min', now() + interval '65 s', null
                  from generate_series(1, 10) as number
                """);

        assertViolated("I12", "10 units are promised and undecided, 9 may be");
    }

    @Test
    void I12_sees_somebody_who_was_let_in_and_found_nothing() throws Exception {
        books.execute("orders", "update orders set reason = 'SOLD_OUT' where id = '%3$s'");

        assertViolated("I12", "found nothing left: orders " + Books.REFUSED);
    }

    @Test
    void I15_sees_a_free_unit_beside_one_who_waits() throws Exception {
        books.execute(
                "waitlist", "update stock set updated_at = now() - interval '1 min'", "delete from admission", """
                insert into waitlist_entry values ('%2$s', '%1$s', '%5$s', 1, 'WAITING', null, now() - interval '1 min')
                """);

        assertViolated("I15", "entry " + Books.PAID);
    }

    /** Numbers 3 to 5 are issued and wait, and nine units are free. */
    @Test
    void I15_sees_during_a_sale_numbers_that_stand_still_beside_free_units() throws Exception {
        books.execute("waitlist", "update waiting_room set issued = 5");

        assertThat(seenDuringASale("I15")).containsExactly("number 3 of sale " + Books.SALE);
    }

    /**
     * One promise may always be out: half of the last unit, rounded down, is none, and the unit would never be sold.
     */
    @Test
    void I15_sees_during_a_sale_numbers_that_stand_still_beside_the_last_unit_of_a_careful_sale() throws Exception {
        books.execute(
                "waitlist",
                "update waiting_room set issued = 5",
                "update stock set available = 1, reserved = 8",
                "update sale set admission_factor = 0.5");

        assertThat(seenDuringASale("I15")).containsExactly("number 3 of sale " + Books.SALE);
    }

    @Test
    void I15_lets_numbers_stand_while_every_unit_is_promised_or_the_sale_is_paused() throws Exception {
        books.execute(
                "waitlist", "update waiting_room set issued = 5", "update stock set available = 1, reserved = 8", """
                insert into admission
                values ('%1$s', '%1$s', '%1$s', 1, 'TURN', 3, null, 'ISSUED', now(), now() + interval '1 min', now() + interval '65 s', null)
                """);
        assertThat(seenDuringASale("I15")).isEmpty();

        books.execute("waitlist", "delete from admission where id = '%1$s'", "update sale set paused = true");
        assertThat(seenDuringASale("I15")).isEmpty();
    }

    @Test
    void I10_sees_a_second_capture() throws Exception {
        books.execute("payment", """
                insert into charge values ('p2', '%2$s', 8990, 'EUR', 'test-approve', 'CAPTURED', now(), null)
                """, """
                insert into ledger_entry (charge_key, order_id, kind, amount_minor, currency, at)
                values ('p2', '%2$s', 'CAPTURE', 8990, 'EUR', now())
                """);

        assertViolated("I10", "order " + Books.PAID);
    }

    @Test
    void I10_sees_money_taken_for_an_order_that_got_nothing() throws Exception {
        books.execute("payment", """
                insert into charge values ('p3', '%3$s', 8990, 'EUR', 'test-approve', 'CAPTURED', now(), null)
                """, """
                insert into ledger_entry (charge_key, order_id, kind, amount_minor, currency, at)
                values ('p3', '%3$s', 'CAPTURE', 8990, 'EUR', now())
                """);

        assertViolated("I10", "order " + Books.REFUSED);
    }

    @Test
    void the_audit_can_change_nothing() throws Exception {
        try (var databases = books.databases()) {
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> databases.read("inventory", "delete from stock returning 1", _ -> {}));
        }
    }

    private static void assertViolated(String id, String named) throws Exception {
        var report = audit();
        assertThat(report.green()).isFalse();
        assertThat(report.invariants())
                .filteredOn(result -> result.id().equals(id))
                .singleElement()
                .satisfies(result -> {
                    assertThat(result.holds()).isFalse();
                    assertThat(result.violations())
                            .anySatisfy(violation -> assertThat(violation).contains(named));
                });
    }

    /** The subjects that one sample of a watch finds. */
    private static Set<String> seenDuringASale(String id) throws Exception {
        try (var databases = books.databases()) {
            var result = new CheckResult();
            for (var invariant : LiveRules.all()) {
                if (!invariant.id().equals(id)) continue;
                for (var rule : invariant.rules()) rule.check(Evidence.of(databases), result);
            }
            return result.violations().keySet();
        }
    }

    private static AuditReport.Result result(String id) throws Exception {
        return audit().invariants().stream()
                .filter(result -> result.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static AuditReport audit() throws Exception {
        try (var databases = books.databases()) {
            return new Audit(databases, Clock.systemUTC(), Duration.ZERO).run();
        }
    }
}

package com.flashsale.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Many orders ({@code -Daudit.orders=100000} for more): rows are walked, not collected, and a sample of the watch stays
 * small beside its rest.
 */
class BigBooksIT {

    private static final int ORDERS = Integer.getInteger("audit.orders", 20_000);
    private static final Duration LONGEST_AUDIT = Duration.ofSeconds(60);

    private static Books books;

    @BeforeAll
    static void open() throws Exception {
        books = new Books();
        books.balance();
        books.execute("catalog", "update sale set allotted = 1000000", "update sale_stock set version = 4");
        books.execute(
                "inventory",
                "update stock set allotted = 1000000, sold = sold + " + ORDERS + ", version = 4",
                """
                update ledger set units = 1000000 where kind = 'ALLOTTED'
                """,
                many("""
                insert into reservation
                       (order_id, id, sale_id, customer_id, units, state, held_at, expires_at, settled_at)
                select id, id, '%1$s', id, 1, 'CONFIRMED', now(), now() + interval '2 min', now() from many
                """),
                many("""
                insert into ledger (sale_id, order_id, kind, units, moved_at)
                select '%1$s', id, kind, 1, now()
                  from many
                 cross join (values ('HELD'), ('CONFIRMED')) as kinds (kind)
                 order by kind desc
                """));
        ordersAndPayments();
        admissions();
    }

    private static void ordersAndPayments() throws Exception {
        books.execute("orders", many("""
                insert into orders
                       (id, sale_id, customer_id, admission_id, quantity, total_minor, currency, state,
                        reserved_until, placed_at, version)
                select id, '%1$s', id, id, 1, 8990, 'EUR', 'PAID', now() + interval '2 min', now(), 3 from many
                """), many("""
                insert into idempotency_record (scope, key, fingerprint, status, location, body)
                select id, 'key', '\\x00', 202, '/api/v1/orders/' || id, convert_to('{"state":"PLACED"}', 'UTF8')
                  from many
                """), many("""
                insert into payment (id, order_id, method, amount_minor, currency, state, requested_at, charged_at)
                select id, id, 'test-approve', 8990, 'EUR', 'CAPTURED', now(), now() from many
                """));
        books.execute("payment", many("""
                insert into charge (key, order_id, amount_minor, currency, payment_method, verdict, charged_at)
                select id, id, 8990, 'EUR', 'test-approve', 'CAPTURED', now() from many
                """), many("""
                insert into ledger_entry (charge_key, order_id, kind, amount_minor, currency, at)
                select id, id, 'CAPTURE', 8990, 'EUR', now() from many
                """));
    }

    private static void admissions() throws Exception {
        books.execute(
                "waitlist",
                "update stock set allotted = 1000000, available = 1000000 - 1 - %d, sold = 1 + %d, version = 4"
                        .formatted(ORDERS, ORDERS),
                many("""
                insert into admission
                       (id, sale_id, customer_id, units, source, number, state, issued_at, expires_at, lapses_at,
                        order_id)
                select id, '%1$s', id, 1, 'TURN', number + 10, 'DECIDED', now(), now() + interval '1 min',
                       now() + interval '65 s', id
                  from many
                """));
    }

    /** The same ids in every database. */
    private static String many(String insert) {
        return "with many as (select number, md5(number::text)::uuid as id from generate_series(1, " + ORDERS
                + ") as number) " + insert;
    }

    @AfterAll
    static void close() {
        books.close();
    }

    @Test
    void tens_of_thousands_of_orders_are_audited_within_a_minute() throws Exception {
        long begin = System.nanoTime();
        try (var databases = books.databases()) {
            var report = new Audit(databases, Clock.systemUTC(), Duration.ZERO).run();
            assertThat(report.green()).as(report.text()).isTrue();
            assertThat(report.invariants())
                    .filteredOn(result -> result.id().equals("I3")
                            || result.id().equals("I10")
                            || result.id().equals("I12"))
                    .allSatisfy(result -> assertThat(result.checked()).isGreaterThan(ORDERS));
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(LONGEST_AUDIT);
    }

    @Test
    void a_watch_of_them_is_green_and_rests_for_the_most_part() {
        try (var watch = AuditWatch.start(books.databases(), _ -> {})) {
            var findings = watch.stop();
            assertThat(findings.green()).as(findings.text()).isTrue();
            assertThat(findings.longest()).isLessThan(LONGEST_AUDIT);
        }
    }
}

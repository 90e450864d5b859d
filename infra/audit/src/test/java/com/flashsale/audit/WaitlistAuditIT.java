package com.flashsale.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The invariants of the waiting room and the waitlist see the faults that they are there to see. */
class WaitlistAuditIT extends PlantedFaults {

    @Test
    void I9_sees_somebody_whom_nobody_told_that_it_is_over() throws Exception {
        books.execute(
                "waitlist", "update sale set opens_at = now() - interval '1 h', closes_at = now() - interval '1 min'");
        books.insert("waitlist", BalancedRows.entry(Books.PAID, Books.BOB, "now() - interval '2 min'"));

        assertViolated("I9", "entry " + Books.PAID);
    }

    /**
     * Three offers of one batch have one millisecond and an order all the same; the rows lie in another order than
     * that.
     */
    @Test
    void I9_follows_the_order_of_offers_within_a_millisecond() throws Exception {
        books.execute("waitlist", """
                insert into waitlist_entry (id, sale_id, customer_id, place, state, joined_at)
                select ('00000000-0000-7000-8000-0000000001' || lpad(place::text, 2, '0'))::uuid, '%1$s',
                       gen_random_uuid(), place, 'LAPSED', now() - interval '1 min' - place * interval '2 s'
                  from unnest(array[3, 1, 2]) as place
                """, """
                insert into admission
                       (id, sale_id, customer_id, units, source, entry_id, state, issued_at, expires_at, lapses_at)
                select ('01a20337-d029-7b8d-a4aa-2955394700' || lpad(place::text, 2, '0'))::uuid, sale_id, customer_id,
                       1, 'OFFER', id, 'LAPSED', now() - interval '30 s', now() - interval '20 s',
                       now() - interval '20 s'
                  from waitlist_entry
                 where sale_id = '%1$s'
                """);
        assertThat(result("I9").violations()).isEmpty();
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
        for (int number = 101; number <= 110; number++) {
            books.insert("waitlist", BalancedRows.admission(UUID.randomUUID(), UUID.randomUUID(), number, "ISSUED"));
        }

        assertViolated("I12", "10 units are promised and undecided, 9 may be");
    }

    @Test
    void I12_sees_somebody_who_was_let_in_and_found_nothing() throws Exception {
        books.execute("orders", "update orders set reason = 'SOLD_OUT' where id = '%3$s'");

        assertViolated("I12", "found nothing left: orders " + Books.REFUSED);
    }

    @Test
    void I15_sees_a_free_unit_beside_one_who_waits() throws Exception {
        books.execute("waitlist", "update stock set updated_at = now() - interval '1 min'", "delete from admission");
        books.insert("waitlist", BalancedRows.entry(Books.PAID, Books.BOB, "now() - interval '1 min'"));

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
        books.execute("waitlist", "update waiting_room set issued = 5", "update stock set available = 1, reserved = 8");
        books.insert("waitlist", BalancedRows.admission(Books.SALE, Books.SALE, 3, "ISSUED"));
        assertThat(seenDuringASale("I15")).isEmpty();

        books.execute("waitlist", "delete from admission where id = '%1$s'", "update sale set paused = true");
        assertThat(seenDuringASale("I15")).isEmpty();
    }
}

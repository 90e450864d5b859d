package com.flashsale.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.audit.evidence.Topics;
import com.flashsale.audit.explain.Entry;
import com.flashsale.audit.explain.Entry.Kind;
import com.flashsale.audit.explain.Explain.Limits;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Each way that an order can take, explained. */
class ExplainIT extends ExplainedShop {

    @Test
    void a_paid_order_is_explained_from_its_admission_to_the_sale_of_its_unit() throws Exception {
        var order = shop.buy(ADA);

        var explanation = explain(order);

        assertReasoned(explanation);
        assertThat(facts(explanation, Kind.DECISION))
                .containsExactlyInAnyOrder(
                        "admission.turn",
                        "order.placed",
                        "reservation.held",
                        "payment.requested",
                        "charge.captured",
                        "order.paid",
                        "reservation.confirmed");
        assertThat(facts(explanation, Kind.EVENT))
                .containsExactlyInAnyOrder("order.placed", "reservation.held", "order.paid", "reservation.confirmed");
        assertThat(of(explanation, Kind.EVENT)).extracting(Entry::position).doesNotContainNull();
        assertThat(facts(explanation, Kind.HANDLED))
                .containsExactlyInAnyOrder("order.placed", "reservation.held", "order.paid", "reservation.confirmed");
        assertRows(
                explanation,
                "admission",
                "orders",
                "idempotency_record",
                "payment",
                "reservation",
                "ledger",
                "charge",
                "ledger_entry");
        assertThat(explanation.outcome()).singleElement().asString().contains("is PAID", "89.90 EUR");
    }

    @Test
    void the_payment_names_the_same_order() throws Exception {
        var order = shop.buy(ADA);
        var payment = shop.databases
                .row("orders", "select id from payment where order_id = ?", order)
                .getFirst();

        assertThat(explain(payment).subject()).isEqualTo(explain(order).subject());
    }

    @Test
    void a_refused_order_says_that_no_unit_was_left() throws Exception {
        shop.databases.run("inventory", "update stock set sold = allotted where sale_id = ?", shop.sale);
        var order = orderOf(ADA);
        shop.settle();

        var explanation = explain(order);

        assertReasoned(explanation);
        assertThat(facts(explanation, Kind.DECISION))
                .containsExactlyInAnyOrder("admission.turn", "order.placed", "reservation.refused");
        assertThat(explanation.outcome()).singleElement().asString().contains("REFUSED (SOLD_OUT)");
    }

    @Test
    void an_expired_order_says_that_the_time_to_pay_ended() throws Exception {
        var order = orderOf(ADA);
        shop.settle();
        expire(order);

        var explanation = explain(order);

        assertReasoned(explanation);
        assertThat(facts(explanation, Kind.DECISION))
                .contains("reservation.held", "reservation.expired", "order.cancelled");
        assertThat(of(explanation, Kind.DECISION))
                .filteredOn(decision -> "order.cancelled".equals(decision.fact()))
                .singleElement()
                .satisfies(decision -> assertThat(decision.why()).contains("The time to pay ended without"));
        assertThat(of(explanation, Kind.ROW)).extracting(Entry::what).anyMatch(what -> what.contains("EXPIRED, units"));
    }

    @Test
    void a_cancelled_order_ends_with_the_release_of_its_unit() throws Exception {
        var order = orderOf(ADA);
        shop.settle();
        shop.orders.cancel(order);
        shop.settle();

        var explanation = explain(order);

        assertReasoned(explanation);
        assertThat(facts(explanation, Kind.DECISION))
                .endsWith("reservation.held", "order.cancelled", "reservation.released");
        assertThat(explanation.outcome()).singleElement().asString().contains("CANCELLED (BY_CUSTOMER)");
    }

    @Test
    void a_declined_payment_stands_beside_the_one_that_was_captured() throws Exception {
        var order = orderOf(ADA);
        shop.settle();
        decline(order);
        shop.orders.pay(order);
        shop.settle();

        var explanation = explain(order);

        assertReasoned(explanation);
        assertThat(facts(explanation, Kind.DECISION))
                .contains("charge.declined", "payment.declined", "charge.captured", "order.paid");
        assertThat(facts(explanation, Kind.DECISION).stream().filter("payment.requested"::equals))
                .hasSize(2);
    }

    @Test
    void an_order_from_the_waitlist_begins_with_its_entry_and_offer() throws Exception {
        var entry = shop.waitlist.join(ADA, System.currentTimeMillis());
        var order = shop.orders.place(ADA, "key-of-ada", shop.waitlist.offer(entry, ADA));
        shop.settle();

        var explanation = explain(order);

        assertReasoned(explanation);
        assertThat(facts(explanation, Kind.DECISION))
                .contains("entry.waiting", "entry.offered", "order.placed", "reservation.held")
                .doesNotContain("admission.turn");
        assertThat(of(explanation, Kind.EVENT))
                .extracting(event -> String.valueOf(event.position()))
                .anyMatch(position -> position.startsWith(Topics.ENTRIES));
    }

    @Test
    void a_message_that_came_twice_stands_there_twice_and_took_effect_once() throws Exception {
        var order = orderOf(ADA);
        for (var waiting : shop.events.waiting("orders", 0)) shop.events.send(waiting.event());
        shop.settle();

        var explanation = explain(order);

        assertReasoned(explanation);
        assertThat(facts(explanation, Kind.EVENT).stream().filter("order.placed"::equals))
                .hasSize(2);
        assertThat(of(explanation, Kind.EVENT))
                .extracting(Entry::what)
                .filteredOn(what -> what.contains("sent again"))
                .hasSize(1);
        assertThat(facts(explanation, Kind.HANDLED).stream().filter("order.placed"::equals))
                .hasSize(1);
        assertThat(facts(explanation, Kind.DECISION).stream().filter("order.placed"::equals))
                .hasSize(1);
    }

    @Test
    void an_event_that_waits_in_the_outbox_is_shown_there() throws Exception {
        var order = orderOf(ADA);

        var explanation = explain(order);

        assertThat(of(explanation, Kind.EVENT)).singleElement().satisfies(event -> {
            assertThat(event.what()).contains("in the outbox on its way to order.order");
            assertThat(event.position()).isNull();
        });
        assertThat(facts(explanation, Kind.DECISION)).containsExactlyInAnyOrder("admission.turn", "order.placed");
    }

    @Test
    void an_event_that_is_lost_is_missed() throws Exception {
        var order = orderOf(ADA);
        shop.databases.run("orders", "delete from outbox");

        var explanation = explain(order);

        assertThat(facts(explanation, Kind.DECISION)).contains("order.placed");
        assertThat(explanation.notes())
                .singleElement()
                .asString()
                .startsWith("No event tells order.placed of " + order);
    }

    @Test
    void an_order_among_millions_is_found_by_the_times_of_its_rows() throws Exception {
        var order = shop.buy(ADA);
        shop.buy(BOB);

        var near = found(order, AS_IF_LARGE).orElseThrow();

        assertThat(near.unread()).singleElement().asString().contains("after each row");
        assertThat(near.entries())
                .containsExactlyInAnyOrderElementsOf(explain(order).entries());
    }

    @Test
    void without_kafka_the_rows_are_explained_and_the_gap_is_named() throws Exception {
        var order = shop.buy(ADA);

        var explanation = found(order, Limits.QUICK, "127.0.0.1:1").orElseThrow();

        assertThat(explanation.unread()).singleElement().asString().startsWith("the topics: ");
        assertThat(facts(explanation, Kind.DECISION)).contains("order.placed", "reservation.held");
    }

    @Test
    void a_customer_is_explained_with_all_orders_and_entries() throws Exception {
        var first = shop.buy(ADA);
        shop.databases.run("orders", "delete from idempotency_record");
        var second = orderOf(ADA);
        var entry = shop.waitlist.join(ADA, System.currentTimeMillis());
        shop.buy(BOB);

        var explanation = explain(ADA);

        assertThat(explanation.subject().id()).isEqualTo(ADA.toString());
        assertThat(explanation.entries()).extracting(Entry::of).contains(first, second, entry);
        assertThat(explanation.entries()).extracting(Entry::what).noneMatch(what -> what.contains(BOB.toString()));
    }

    @Test
    void a_ticket_is_named_by_its_number_its_admission_or_its_entry() throws Exception {
        var order = shop.buy(ADA);
        shop.buy(BOB);
        var entry = shop.waitlist.join(ADA, System.currentTimeMillis());
        var admission = shop.databases
                .row("orders", "select admission_id from orders where id = ?", order)
                .getFirst();

        for (var ticket : new Object[] {shop.sale + "/1", admission}) {
            assertThat(explain(ticket).entries()).extracting(Entry::of).contains(order, (UUID) admission);
        }
        assertThat(explain(entry).entries())
                .extracting(Entry::of)
                .contains(entry)
                .doesNotContain(order);
    }

    @Test
    void a_number_that_still_waits_is_explained_by_its_room() throws Exception {
        shop.databases.run(
                "waitlist",
                "update waiting_room set issued = 9, serving = 3, settled = 3 where sale_id = ?",
                shop.sale);

        var explanation = explain(shop.sale + "/7");

        assertThat(of(explanation, Kind.ROW))
                .singleElement()
                .satisfies(room -> assertThat(room.what()).contains("issued up to 9, served up to 3"));
        assertThat(explanation.notes()).anyMatch(note -> note.contains("Redis"));
        assertThat(found(shop.sale + "/10", Limits.ALL)).isEmpty();
    }

    @Test
    void an_unknown_id_is_no_subject() throws Exception {
        shop.buy(ADA);

        for (var id : new String[] {UUID.randomUUID().toString(), "", "' or true --", "1", UUID.randomUUID() + "/1"}) {
            assertThat(found(id, Limits.ALL)).as(id).isEmpty();
        }
    }

    @Test
    void the_rows_that_only_the_services_write_are_read_as_well() throws Exception {
        var order = orderOf(ADA);
        var admission = (UUID) shop.databases
                .row("orders", "select admission_id from orders where id = ?", order)
                .getFirst();
        var rows = Map.of(
                "inventory", Row.of("refused_order").with("order_id", order).with("sale_id", shop.sale),
                "orders",
                        Row.of("voided_admission")
                                .with("admission_id", admission)
                                .sql("expires_at", "now()"));
        for (var row : rows.entrySet()) shop.databases.insert(row.getKey(), row.getValue());
        shop.databases.insert(
                "waitlist", Row.of("admitted_order").with("order_id", order).with("admission_id", admission));
        shop.databases.insert(
                "waitlist",
                Row.of("lobby_place")
                        .with("sale_id", shop.sale)
                        .with("customer_id", ADA)
                        .with("place", 7)
                        .with("number", 1));

        assertRows(explain(order), "refused_order", "voided_admission", "admitted_order", "lobby_place");
    }
}

package com.flashsale.inventory.reservation;

import static com.flashsale.inventory.Units.await;
import static com.flashsale.inventory.Units.awaitTold;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.flashsale.inventory.Catalog;
import com.flashsale.inventory.Orders;
import com.flashsale.inventory.Orders.Order;
import com.flashsale.inventory.Units;
import com.flashsale.inventory.stock.OrderId;
import com.flashsale.inventory.stock.SaleId;
import com.flashsale.platform.observability.WorkContext;
import com.flashsale.platform.test.ServiceTest;
import com.flashsale.platform.test.TestKafka;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@ServiceTest
class DecideOrdersIT {

    @Autowired
    JdbcClient jdbc;

    @Autowired
    DecideOrders decideOrders;

    @Autowired
    MeterRegistry meters;

    @Test
    void an_order_is_held_for_the_time_that_the_sale_gives_to_pay() {
        var sale = Units.of(jdbc, Catalog.sale(10));
        var order = new Orders(sale.saleId()).place(2);

        awaitTold(order, "held");
        var held = TestKafka.events("inventory.reservation", order.id().toString())
                .getFirst()
                .data();
        assertThat(Instant.parse(held.get("expiresAt").asString()))
                .isCloseTo(Instant.now().plus(Duration.ofMinutes(2)), within(30, ChronoUnit.SECONDS));
        assertThat(held.get("stock").get("available").asInt()).isEqualTo(8);
        assertThat(held.get("stock").get("version").asLong()).isEqualTo(2);
        sale.awaitUnits(2, 0);
    }

    @Test
    void a_paid_order_owns_its_units() {
        var sale = Units.of(jdbc, Catalog.sale(10));
        var orders = new Orders(sale.saleId());
        var order = orders.place(1);
        orders.pay(order);

        awaitTold(order, "held", "confirmed");
        sale.awaitUnits(0, 1);
    }

    @Test
    void a_cancelled_order_gives_its_units_to_the_next() {
        var sale = Units.of(jdbc, Catalog.sale(1));
        var orders = new Orders(sale.saleId());
        var first = orders.place(1);
        var second = orders.place(1);
        orders.cancel(first);
        var third = orders.place(1);

        awaitTold(first, "held", "released");
        awaitTold(second, "refused");
        awaitTold(third, "held");
        sale.awaitUnits(1, 0);
    }

    @Test
    void a_customer_gets_no_more_than_the_sale_allows() {
        var sale = Units.of(jdbc, Catalog.sale(10));
        var orders = new Orders(sale.saleId());
        var customer = UUID.randomUUID();
        var one = orders.place(new Order(UUID.randomUUID(), customer, 1));
        orders.pay(one);
        awaitTold(one, "held", "confirmed");
        var two = orders.place(new Order(UUID.randomUUID(), customer, 2));
        var oneMore = orders.place(new Order(UUID.randomUUID(), customer, 1));

        awaitTold(two, "refused");
        awaitTold(oneMore, "held");
        assertThat(TestKafka.events("inventory.reservation", two.id().toString())
                        .getFirst()
                        .data()
                        .get("reason")
                        .asString())
                .isEqualTo("LIMIT_REACHED");
        sale.awaitUnits(1, 1);
    }

    @ParameterizedTest
    @CsvSource({"placed, 1, 0", "paid, 0, 1", "cancelled, 0, 0"})
    void a_message_delivered_twice_takes_effect_once(String fact, int reserved, int sold) {
        var sale = Units.of(jdbc, Catalog.sale(10));
        var orders = new Orders(sale.saleId());
        var order = Order.of(1);
        if (!fact.equals("placed")) orders.place(order);
        var messageId = UUID.randomUUID();
        orders.tell(fact, order, messageId);
        orders.tell(fact, order, messageId);
        orders.awaitDecided();
        orders.tell(fact, order, messageId);
        orders.awaitDecided();

        sale.awaitUnits(reserved, sold);
        assertThat(Units.toldAbout(order)).doesNotHaveDuplicates();
    }

    @Test
    void a_refusal_delivered_twice_stays_one_answer_even_if_units_came_back() {
        var sale = Units.of(jdbc, Catalog.sale(1));
        var orders = new Orders(sale.saleId());
        var winner = orders.place(1);
        var loser = Order.of(1);
        var messageId = UUID.randomUUID();
        orders.tell("placed", loser, messageId);
        orders.cancel(winner);
        orders.tell("placed", loser, messageId);
        orders.awaitDecided();

        awaitTold(loser, "refused");
        sale.awaitUnits(0, 0);
    }

    @Test
    void an_order_that_comes_before_its_sale_waits_for_it() {
        var catalog = Catalog.sale(5);
        var early = new Orders(catalog.saleId()).place(1);
        var heard = decided();
        await().untilAsserted(() -> assertThat(decided()).as("tries in vain").isGreaterThan(heard));
        Units.of(jdbc, catalog);

        awaitTold(early, "held");
    }

    @Test
    void an_order_without_its_sale_does_not_keep_others_of_its_batch_waiting() {
        var known = Units.of(jdbc, Catalog.sale(5));
        var early = command(UUID.randomUUID());
        var batch = List.of(early, command(known.saleId()));

        var first = decideOrders.decide(batch);
        assertThat(first.unknown()).containsExactly(early.sale());
        assertThat(first.decisions()).singleElement().isInstanceOf(Decision.Held.class);

        Units.of(jdbc, Catalog.sale(early.sale().value(), 5));
        var second = decideOrders.decide(batch);
        assertThat(second.unknown()).isEmpty();
        assertThat(second.decisions())
                .singleElement()
                .isInstanceOfSatisfying(
                        Decision.Held.class,
                        held -> assertThat(held.reservation().purchase())
                                .isEqualTo(early.fact().purchase()));
    }

    @Test
    void an_unreadable_message_is_set_aside_and_the_partition_goes_on() {
        var sale = Units.of(jdbc, Catalog.sale(5));
        var orders = new Orders(sale.saleId());
        var before = orders.place(1);
        var key = sale.saleId().toString();
        TestKafka.produce(new ProducerRecord<>(Orders.TOPIC, key, "no headers".getBytes(StandardCharsets.UTF_8)));
        var broken = Order.of(-1);
        orders.place(broken);
        var after = orders.place(1);

        awaitTold(before, "held");
        awaitTold(after, "held");
        await().untilAsserted(() ->
                assertThat(TestKafka.events(Orders.TOPIC + ".dlt", key)).hasSize(2));
        assertThat(Units.toldAbout(broken)).isEmpty();
        sale.awaitUnits(2, 0);
    }

    @Test
    void orders_after_the_end_of_a_sale_get_nothing() {
        var catalog = Catalog.sale(5);
        var sale = Units.of(
                jdbc, catalog.with("closesAt", Instant.now().minusSeconds(1).toString()));
        var order = new Orders(sale.saleId()).place(1);

        awaitTold(order, "refused");
        sale.awaitUnits(0, 0);
    }

    @Test
    void each_decision_of_a_batch_goes_back_to_the_order_that_caused_it() {
        var sale = Units.of(jdbc, Catalog.sale(2)).saleId();
        var batch = List.of("a", "b", "c").stream()
                .map(each ->
                        command(sale, new WorkContext("00-" + each.repeat(32) + "-00f067aa0ba902b7-01", "run-" + each)))
                .toList();
        decideOrders.decide(batch);

        for (var command : batch) {
            var order = command.fact().purchase().order().value().toString();
            await().until(() ->
                    !TestKafka.events("inventory.reservation", order).isEmpty());
            var told = TestKafka.events("inventory.reservation", order).getFirst();
            assertThat(told.traceparent()).isEqualTo(command.origin().traceparent());
            assertThat(told.headers()).as("the sale is no load test's").doesNotContainKey("loadtest");
        }
    }

    private long decided() {
        return meters.get("inventory.batch.size").summary().count();
    }

    private static DecideOrders.Command command(UUID saleId) {
        return command(saleId, WorkContext.NONE);
    }

    private static DecideOrders.Command command(UUID saleId, WorkContext origin) {
        var purchase =
                new Purchase(new OrderId(UUID.randomUUID()), new SaleId(saleId), new CustomerId(UUID.randomUUID()), 1);
        return new DecideOrders.Command(UUID.randomUUID(), new OrderFact.Placed(purchase, Instant.now()), origin);
    }

    @Test
    void an_order_that_the_door_took_at_the_opening_is_decided_though_our_clock_is_minutes_behind() {
        var opening = Instant.now().plusSeconds(240);
        var sale = Units.of(jdbc, Catalog.sale(1).with("opensAt", opening.toString()));
        var first = UUID.randomUUID();
        var purchase =
                new Purchase(new OrderId(first), new SaleId(sale.saleId()), new CustomerId(UUID.randomUUID()), 1);
        var fact = new OrderFact.Placed(purchase, opening.plusMillis(80), null);
        var outcome = decideOrders.decide(List.of(new DecideOrders.Command(UUID.randomUUID(), fact, WorkContext.NONE)));
        assertThat(outcome.decisions()).singleElement().isInstanceOf(Decision.Held.class);
        sale.awaitUnits(1, 0);
    }

    @Test
    void decisions_on_real_and_on_tested_orders_are_counted_apart_and_from_the_start() {
        for (var decision : List.of("held", "refused_sold_out", "confirmed", "released", "expired")) {
            assertThat(meters.find("inventory.decisions")
                            .tag("decision", decision)
                            .counters())
                    .as(decision)
                    .hasSize(2);
        }
        var before = held("false");
        new Orders(Units.of(jdbc, Catalog.sale(1)).saleId()).place(1);
        Units.await().until(() -> held("false") > before);
    }

    private double held(String loadTest) {
        return meters.get("inventory.decisions")
                .tags("decision", "held", "load_test", loadTest)
                .counter()
                .count();
    }
}

package com.flashsale.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.platform.test.TestEvent;
import com.flashsale.platform.test.TestKafka;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import tools.jackson.databind.JsonNode;

class CheckoutIT extends OrderServiceIT {

    @Autowired
    KafkaListenerEndpointRegistry listeners;

    @Test
    void held_units_make_an_order_reserved_until_they_no_longer_are() {
        var shopper = aShopper();
        var order = aPlacedOrder(shopper);
        var until = Instant.now().plusSeconds(120).truncatedTo(ChronoUnit.MILLIS);

        Inventory.holds(order, until);
        awaitState(shopper, order, "RESERVED");

        assertThat(shopper.see(order).get("reservedUntil").asString()).isEqualTo(until.toString());
        assertThat(shopper.see(order).has("reason")).isFalse();
    }

    @Test
    void refused_units_make_an_order_refused_with_inventorys_reason() {
        var shopper = aShopper();
        for (var reason : new String[] {"SOLD_OUT", "LIMIT_REACHED"}) {
            var order = aPlacedOrder(shopper);

            Inventory.says("refused", order, Map.of("reason", reason));
            awaitState(shopper, order, "REFUSED");

            assertThat(shopper.see(order).get("reason").asString()).isEqualTo(reason);
            assertThat(shopper.cancel(order).code()).isEqualTo("ORDER_NOT_CANCELLABLE");
            assertThat(shopper.pay(order, "test-approve").code()).isEqualTo("ORDER_NOT_PAYABLE");
        }
    }

    @Test
    void an_expired_reservation_cancels_its_order_and_the_world_hears_of_it() {
        var shopper = aShopper();
        var order = aReservedOrder(shopper);

        Inventory.says("expired", order, Map.of());
        awaitState(shopper, order, "CANCELLED");

        assertThat(shopper.see(order).get("reason").asString()).isEqualTo("EXPIRED");
        awaitFacts(order, "placed", "cancelled");
        assertThat(eventsOf(order).getLast().data().get("reason").asString()).isEqualTo("EXPIRED");
    }

    @Test
    void a_fact_that_inventory_repeats_counts_once() {
        var shopper = aShopper();
        var order = aReservedOrder(shopper);
        var message = Inventory.says("expired", order, Map.of());
        awaitState(shopper, order, "CANCELLED");
        var before = rowOf(order);

        TestKafka.produce(
                "inventory.reservation",
                order.toString(),
                "com.flashsale.inventory.reservation.expired.v1",
                message,
                Map.of("orderId", order));
        Inventory.says("expired", order, Map.of());
        Inventory.awaitHeard();

        assertThat(rowOf(order)).isEqualTo(before);
        assertThat(factsOf(order)).containsExactly("placed", "cancelled");
    }

    @Test
    void a_whole_life_in_one_batch_ends_as_if_it_had_come_in_many() {
        var shopper = aShopper();
        var order = aPlacedOrder(shopper);
        listeners.getListenerContainers().forEach(container -> container.stop());
        Inventory.holds(order, Instant.now().plusSeconds(1));
        Inventory.says("confirmed", order, Map.of());
        Inventory.says("expired", order, Map.of());
        listeners.getListenerContainers().forEach(container -> container.start());

        awaitState(shopper, order, "CANCELLED");

        awaitFacts(order, "placed", "cancelled");
    }

    @Test
    void units_held_for_a_cancelled_order_do_not_bring_it_back() {
        var shopper = aShopper();
        var order = aPlacedOrder(shopper);
        assertThat(shopper.cancel(order).status()).isEqualTo(202);

        Inventory.holds(order, Instant.now().plusSeconds(120));
        Inventory.awaitHeard();

        assertThat(shopper.see(order).get("state").asString()).isEqualTo("CANCELLED");
        assertThat(factsOf(order)).containsExactly("placed", "cancelled");
        assertThat(TestKafka.events("inventory.reservation.dlt", order.toString()))
                .isEmpty();
    }

    @Test
    void a_paid_order_does_not_expire_and_inventory_is_told_once_more_that_it_is_paid() {
        var shopper = aShopper();
        var order = aPaidOrder(shopper);

        Inventory.says("expired", order, Map.of());
        Inventory.says("confirmed", order, Map.of());
        Inventory.awaitHeard();

        assertThat(shopper.see(order).get("state").asString()).isEqualTo("PAID");
        awaitFacts(order, "placed", "paid", "paid");
        assertThat(eventsOf(order)).extracting(TestEvent::id).doesNotHaveDuplicates();
    }

    @Test
    void a_payment_that_came_too_late_for_any_unit_is_given_back() {
        var shopper = aShopper();
        var order = aPaidOrder(shopper);

        Inventory.says("confirmation-refused", order, Map.of());
        awaitState(shopper, order, "CANCELLED");
        awaitPayment(shopper, order, "REFUNDED");

        assertThat(shopper.see(order).get("reason").asString()).isEqualTo("EXPIRED");
        assertThat(PROVIDER.chargesOf(order))
                .singleElement()
                .extracting(FakePaymentProvider.Charge::state)
                .isEqualTo("REFUNDED");
        awaitFacts(order, "placed", "paid", "cancelled");
    }

    @Test
    void an_unreadable_event_is_set_aside_and_the_next_order_is_served() {
        TestKafka.produce(
                "inventory.reservation",
                "anything",
                "com.flashsale.inventory.reservation.held.v1",
                Map.of("orderId", "not an id"));
        TestKafka.produce("inventory.reservation", "anything", "com.flashsale.inventory.reservation.sung.v1", Map.of());

        Inventory.awaitHeard();

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(TestKafka.events("inventory.reservation.dlt"))
                        .isNotEmpty());
    }

    private JsonNode rowOf(UUID order) {
        return Shopper.JSON.readTree(jdbc.sql("select row_to_json(orders) from orders where id = ?")
                .param(order)
                .query(String.class)
                .single());
    }
}

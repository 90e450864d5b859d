package com.flashsale.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** One customer, one unit, through the gateway: every way that it can end. */
class PurchaseIT {

    final RunningPlatform platform = RunningPlatform.shared();
    final Shop shop = platform.shop();
    final Shopper ada = shop.shopper();

    @Test
    void a_customer_joins_is_admitted_at_once_orders_pays_and_owns_the_unit() {
        var sale = shop.openSale(1);
        var ticket = shop.join(ada, sale).is(201);
        assertThat(ticket.text("state")).isEqualTo("ADMITTED");

        var placed = shop.order(ada, sale, ticket.text("admission")).is(202);
        assertThat(placed.header("location")).endsWith("/api/v1/orders/" + placed.text("id"));
        assertThat(placed.text("state")).isEqualTo("PLACED");

        var reserved = shop.awaitState(ada, placed.text("id"), "RESERVED");
        assertThat(reserved.path("reservedUntil").asString()).isNotEmpty();
        shop.pay(ada, placed.text("id"), "test-approve").is(202);
        var paid = shop.awaitState(ada, placed.text("id"), "PAID");
        assertThat(paid.path("payment").path("state").asString()).isEqualTo("CAPTURED");
        assertThat(paid.path("total").path("amount").asString()).isEqualTo("79.90");
        await().atMost(Shop.PATIENCE)
                .untilAsserted(() -> assertThat(platform.units(sale)).isEqualTo(new Units(1, 0, 1)));
    }

    @Test
    void a_declined_card_leaves_the_order_reserved_so_that_another_one_can_be_tried() {
        var order = shop.reservedOrder(ada, shop.openSale(1));
        shop.pay(ada, order, "test-decline").is(202);
        shop.awaitOrder(
                ada,
                order,
                body -> body.path("payment").path("state").asString("").equals("DECLINED"));
        shop.awaitState(ada, order, "RESERVED");
        shop.pay(ada, order, "test-approve").is(202);
        shop.awaitState(ada, order, "PAID");
        assertThat(platform.captures(order)).isEqualTo(1);
    }

    @Test
    void a_provider_that_captures_and_never_answers_is_asked_until_the_truth_is_known() {
        var order = shop.reservedOrder(ada, shop.openSale(1));
        shop.pay(ada, order, "test-timeout").is(202);
        shop.awaitState(ada, order, "PAID");
        assertThat(platform.captures(order)).isEqualTo(1);
    }

    @Test
    void a_cancelled_order_gives_its_unit_back() {
        var sale = shop.openSale(1);
        var order = shop.reservedOrder(ada, sale);
        shop.api
                .post("/api/v1/orders/" + order + "/cancellation", ada.token(), Map.of())
                .is(202);
        var cancelled = shop.awaitState(ada, order, "CANCELLED");
        assertThat(cancelled.path("reason").asString()).isEqualTo("BY_CUSTOMER");
        await().atMost(Shop.PATIENCE)
                .untilAsserted(() -> assertThat(platform.units(sale)).isEqualTo(new Units(1, 0, 0)));
    }

    @Test
    void an_order_without_a_payment_expires_and_gives_its_unit_back() {
        var sale = shop.openSale(1, Map.of("holdDuration", "PT2S"));
        var order = shop.reservedOrder(ada, sale);
        var cancelled = shop.awaitState(ada, order, "CANCELLED");
        assertThat(cancelled.path("reason").asString()).isEqualTo("EXPIRED");
        assertThat(platform.units(sale)).isEqualTo(new Units(1, 0, 0));
        shop.pay(ada, order, "test-approve").is(409);
    }

    @Test
    void the_purchase_limit_holds_over_several_orders() {
        var sale = shop.openSale(5, Map.of("purchaseLimit", 1));
        shop.reservedOrder(ada, sale);
        var again = shop.join(ada, sale);
        var admission = again.text("admission");
        if (admission.isEmpty()) return;
        var second = shop.order(ada, sale, admission);
        if (second.status() != 202) return;
        var refused = shop.awaitState(ada, second.text("id"), "REFUSED");
        assertThat(refused.path("reason").asString()).isEqualTo("LIMIT_REACHED");
        assertThat(platform.units(sale)).isEqualTo(new Units(5, 1, 0));
    }
}

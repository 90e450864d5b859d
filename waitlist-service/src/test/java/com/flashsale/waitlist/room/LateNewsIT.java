package com.flashsale.waitlist.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.platform.test.ServiceTest;
import com.flashsale.platform.test.TestKafka;
import com.flashsale.waitlist.ASale;
import com.flashsale.waitlist.AShopper;
import com.flashsale.waitlist.AnInventory;
import com.flashsale.waitlist.AnOrderService;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** News of orders and answers about admissions may take as long as they like: no unit is promised twice meanwhile. */
@ServiceTest
class LateNewsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final int port;
    private final JdbcClient jdbc;

    LateNewsIT(@LocalServerPort int port, @Autowired JdbcClient jdbc) {
        this.port = port;
        this.jdbc = jdbc;
    }

    @Test
    void an_order_whose_news_comes_long_after_its_admission_keeps_its_unit() {
        var sale = ASale.of(1).with("admissionDuration", "PT1S").scheduled().knownTo(port);
        AnOrderService.fallSilent(sale.id());
        var inventory = AnInventory.of(sale).told();
        var ada = new AShopper(port);
        var admission = ada.join(sale.id()).text("admission");
        var order = UUID.randomUUID();
        assertThat(ada.tryOrder(order, admission)).isTrue();
        AnOrderService.speak(sale.id());
        var bob = new AShopper(port);
        var bobs = bob.join(sale.id()).text("ticket");

        // only order-service knows of the order: its answer is the first news of it
        await().atMost(PATIENCE).until(() -> states(sale).equals(List.of("ORDERED")));

        assertThat(bob.claim(sale.id(), bobs).code()).isEqualTo("NOT_YOUR_TURN");
        ada.tellOrder(order, sale.id(), admission, 1);
        assertThat(inventory.decide(order, ada.id(), 1)).isTrue();
        await().atMost(PATIENCE).until(() -> bob.claim(sale.id(), bobs).code().equals("SOLD_OUT"));
    }

    @Test
    void without_an_answer_no_customer_gets_the_unit_and_with_it_the_next_one_does_soon() {
        var sale = ASale.of(1).with("admissionDuration", "PT1S").scheduled().knownTo(port);
        AnInventory.of(sale).told();
        var ada = new AShopper(port);
        AnOrderService.fallSilent(sale.id());
        ada.join(sale.id());
        var bob = new AShopper(port);
        var bobs = bob.join(sale.id()).text("ticket");
        // asked, and asked again: no answer is no permission
        await().atMost(PATIENCE).until(() -> asked(sale) >= 2);
        assertThat(states(sale)).containsExactly("ISSUED");
        assertThat(bob.claim(sale.id(), bobs).code()).isEqualTo("NOT_YOUR_TURN");

        AnOrderService.speak(sale.id());

        await().atMost(PATIENCE).until(() -> bob.claim(sale.id(), bobs).status() == 201);
        assertThat(states(sale)).hasSize(2).contains("LAPSED");
    }

    @Test
    void an_answer_that_comes_twice_or_too_late_ends_nothing_else() {
        var sale = ASale.of(1).with("admissionDuration", "PT1S").scheduled().knownTo(port);
        AnInventory.of(sale).told();
        var ada = new AShopper(port);
        var first = ada.join(sale.id()).text("admission");
        await().atMost(PATIENCE).until(() -> states(sale).equals(List.of("LAPSED")));
        AnOrderService.fallSilent(sale.id());
        var bob = new AShopper(port);
        // PostgreSQL knows that the unit is free, the room hears of it a moment later
        var bobs = await().atMost(PATIENCE).until(() -> bob.join(sale.id()).text("admission"), text -> !text.isEmpty());
        bob.order(sale.id(), bobs, 1);
        await().atMost(PATIENCE).until(() -> states(sale).equals(List.of("LAPSED", "ORDERED")));

        told(sale, AShopper.admissionId(first));
        // on the same partition, so it comes after it
        var marker = ASale.of(1).scheduled().knownTo(port);
        told(sale, AShopper.admissionId(new AShopper(port).join(marker.id()).text("admission")));
        await().atMost(PATIENCE).until(() -> states(marker).equals(List.of("LAPSED")));

        assertThat(states(sale)).containsExactly("LAPSED", "ORDERED");
    }

    private static void told(ASale sale, UUID admission) {
        var data = java.util.Map.of("admissionId", admission, "saleId", sale.id());
        TestKafka.produce("order.admission", sale.id().toString(), "com.flashsale.order.admission.voided.v1", data);
    }

    private static long asked(ASale sale) {
        return TestKafka.events("waitlist.admission", sale.id().toString()).size();
    }

    private List<String> states(ASale sale) {
        return jdbc.sql("select state from admission where sale_id = :sale order by state")
                .param("sale", sale.id())
                .query(String.class)
                .list();
    }
}

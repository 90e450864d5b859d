package com.flashsale.waitlist.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.platform.test.ServiceTest;
import com.flashsale.waitlist.ASale;
import com.flashsale.waitlist.AShopper;
import com.flashsale.waitlist.AnInventory;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;

/** Joining, leaving and reading a waitlist, and the order of its offers. */
@ServiceTest
class WaitlistIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final int port;

    WaitlistIT(@LocalServerPort int port) {
        this.port = port;
    }

    @Test
    void a_unit_that_comes_back_is_offered_to_the_next() {
        var sale = ASale.of(2).scheduled().knownTo(port);
        var inventory = SoldOutSale.of(sale, port);
        var ada = new AShopper(port);
        var bob = new AShopper(port);
        var adas = ada.joinWaitlist(sale.id());
        var bobs = bob.joinWaitlist(sale.id());
        assertThat(adas.status()).isEqualTo(201);
        assertThat(List.of(adas.number("position"), bobs.number("position"))).containsExactly(1L, 2L);
        assertThat(ada.joinWaitlist(sale.id()).text("id")).isEqualTo(adas.text("id"));

        inventory.freed(1);

        await().atMost(SOON).until(() -> ada.entry(adas.text("id")).state().equals("OFFERED"));
        var offered = ada.entry(adas.text("id"));
        var admission = AShopper.claims(offered.text("admission"));
        assertThat(admission.path("source").asString()).isEqualTo("OFFER");
        assertThat(admission.path("sub").asString()).isEqualTo(ada.id().toString());
        assertThat(admission.path("units").asInt()).isEqualTo(1);
        assertThat(offered.text("expiresAt")).isNotEmpty();
        assertThat(bob.entry(bobs.text("id")).state()).isEqualTo("WAITING");
        await().atMost(SOON).until(() -> bob.entry(bobs.text("id")).number("position") == 1);

        var order = ada.order(sale.id(), offered.text("admission"), 1);
        inventory.decide(order, ada.id(), 1);
        await().atMost(SOON).until(() -> ada.entry(adas.text("id")).state().equals("ORDERED"));
        assertThat(bob.entry(bobs.text("id")).state()).isEqualTo("WAITING");
        assertThat(SoldOutSale.factsOf(sale, adas.text("id"))).containsExactly("waiting", "offered", "ordered");
    }

    @Test
    void an_offer_that_is_not_used_goes_to_the_next() {
        var sale = ASale.of(1).with("offerDuration", "PT1S").scheduled().knownTo(port);
        var inventory = SoldOutSale.of(sale, port);
        var ada = new AShopper(port);
        var bob = new AShopper(port);
        var adas = ada.joinWaitlist(sale.id()).text("id");
        var bobs = bob.joinWaitlist(sale.id()).text("id");

        inventory.freed(1);

        // a second later this offer lapses too, but its event stays
        await().atMost(SOON).until(() -> SoldOutSale.factsOf(sale, bobs).contains("offered"));
        assertThat(ada.entry(adas).state()).isEqualTo("LAPSED");
        assertThat(ada.joinWaitlist(sale.id()).text("id")).isNotEqualTo(adas);
    }

    @Test
    void a_queue_ticket_keeps_its_place_if_its_turn_had_not_come() {
        var sale = ASale.of(1).with("purchaseLimit", 2).scheduled().knownTo(port);
        var inventory = AnInventory.of(sale).told();
        var buyer = new AShopper(port);
        var bought = buyer.join(sale.id());
        var second = new AShopper(port);
        var seconds = second.join(sale.id());
        var third = new AShopper(port);
        var thirds = third.join(sale.id());
        inventory.decide(buyer.order(sale.id(), bought.text("admission"), 1), buyer.id(), 1);
        await().atMost(SOON).until(() -> second.queue(sale.id()).state().equals("SOLD_OUT"));

        var walkIn = new AShopper(port);
        var walkIns = walkIn.joinWaitlist(sale.id());
        var buyers = buyer.joinWaitlist(sale.id(), bought.text("ticket"));
        var thirdEntry = third.joinWaitlist(sale.id(), thirds.text("ticket"));
        var secondEntry = second.joinWaitlist(sale.id(), seconds.text("ticket"));

        assertThat(secondEntry.number("position")).isEqualTo(1);
        assertThat(third.entry(thirdEntry.text("id")).number("position")).isEqualTo(2);
        assertThat(walkIn.entry(walkIns.text("id")).number("position")).isEqualTo(3);
        assertThat(buyer.entry(buyers.text("id")).number("position")).isEqualTo(4);
        assertThat(walkIn.joinWaitlist(sale.id(), seconds.text("ticket")).code())
                .isEqualTo("TICKET_INVALID");
    }

    @Test
    void while_a_sale_sells_there_is_no_waitlist() {
        var sale = ASale.of(5).scheduled().knownTo(port);
        AnInventory.of(sale).told();
        new AShopper(port).join(sale.id());

        assertThat(new AShopper(port).joinWaitlist(sale.id()).code()).isEqualTo("NOT_SOLD_OUT");
        assertThat(new AShopper(port).joinWaitlist(UUID.randomUUID()).code()).isEqualTo("SALE_NOT_FOUND");
    }

    @Test
    void a_customer_who_leaves_makes_room_and_their_offer_goes_to_the_next() {
        var sale = ASale.of(1).scheduled().knownTo(port);
        var inventory = SoldOutSale.of(sale, port);
        var ada = new AShopper(port);
        var bob = new AShopper(port);
        var adas = ada.joinWaitlist(sale.id()).text("id");
        var bobs = bob.joinWaitlist(sale.id()).text("id");
        inventory.freed(1);
        await().atMost(SOON).until(() -> ada.entry(adas).state().equals("OFFERED"));

        assertThat(ada.leave(adas).status()).isEqualTo(204);

        await().atMost(SOON).until(() -> bob.entry(bobs).state().equals("OFFERED"));
        assertThat(ada.entry(adas).state()).isEqualTo("LEFT");
        assertThat(ada.leave(adas).status()).isEqualTo(204);
    }

    @Test
    void entries_of_others_are_not_found() {
        var sale = ASale.of(1).scheduled().knownTo(port);
        SoldOutSale.of(sale, port);
        var ada = new AShopper(port);
        var eve = new AShopper(port);
        var adas = ada.joinWaitlist(sale.id()).text("id");

        assertThat(eve.entry(adas).status()).isEqualTo(404);
        assertThat(eve.leave(adas).status()).isEqualTo(404);
        assertThat(ada.entry(adas).state()).isEqualTo("WAITING");
        assertThat(eve.call(HttpMethod.GET, "/waitlist-entries", null).body().path("items"))
                .isEmpty();
    }

    @Test
    void my_entries_come_in_pages() {
        var ada = new AShopper(port);
        for (int i = 0; i < 3; i++) {
            var sale = ASale.of(1).scheduled().knownTo(port);
            SoldOutSale.of(sale, port);
            assertThat(ada.joinWaitlist(sale.id()).status()).isEqualTo(201);
        }

        var first = ada.call(HttpMethod.GET, "/waitlist-entries?limit=2", null);
        var second = ada.call(HttpMethod.GET, "/waitlist-entries?limit=2&cursor=" + first.text("nextCursor"), null);

        assertThat(first.body().path("items")).hasSize(2);
        assertThat(second.body().path("items")).hasSize(1);
        assertThat(second.body().path("nextCursor").isNull()).isTrue();
        assertThat(ada.call(HttpMethod.GET, "/waitlist-entries?limit=1000", null)
                        .status())
                .isEqualTo(400);
    }
}

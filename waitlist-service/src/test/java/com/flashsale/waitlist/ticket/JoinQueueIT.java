package com.flashsale.waitlist.ticket;

import static com.flashsale.platform.test.Race.allAtOnce;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.platform.test.ServiceTest;
import com.flashsale.waitlist.ASale;
import com.flashsale.waitlist.AShopper;
import com.flashsale.waitlist.AnInventory;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

@ServiceTest
class JoinQueueIT {

    private final int port;

    JoinQueueIT(@LocalServerPort int port) {
        this.port = port;
    }

    @Test
    void the_first_customer_is_admitted_at_once_even_if_the_sale_was_created_a_moment_ago() {
        ASale.of(10).scheduled().knownTo(port);
        var sale = ASale.of(10).scheduled();
        var ada = new AShopper(port);

        // patience in the service is a second, and a busy machine may need more
        var answer = await().atMost(Duration.ofSeconds(30))
                .until(() -> ada.join(sale.id()), joined -> joined.status() != 404);

        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(201);
        assertThat(answer.state()).isEqualTo("ADMITTED");
        assertThat(answer.number("number")).isEqualTo(1);
        assertThat(answer.text("expiresAt")).isNotEmpty();
        var admission = AShopper.claims(answer.text("admission"));
        assertThat(admission.path("sub").asString()).isEqualTo(ada.id().toString());
        assertThat(admission.path("sale").asString()).isEqualTo(sale.id().toString());
        assertThat(admission.path("units").asInt()).isEqualTo(1);
        assertThat(admission.path("source").asString()).isEqualTo("TURN");
        assertThat(admission.path("number").asLong()).isEqualTo(1);
    }

    @Test
    void one_customer_who_joins_five_hundred_times_at_once_has_one_number() {
        var sale = ASale.of(10).scheduled().knownTo(port);
        var ada = new AShopper(port);
        ada.join(sale.id());

        var bob = new AShopper(port);
        var answers = allAtOnce(500, () -> bob.join(sale.id()));

        assertThat(answers).extracting(AShopper.Answer::status).containsOnly(201);
        assertThat(answers).extracting(answer -> answer.number("number")).containsOnly(2L);
        assertThat(answers)
                .extracting(answer -> answer.text("ticket"))
                .containsOnly(answers.getFirst().text("ticket"));
        assertThat(answers)
                .extracting(answer -> answer.text("admission"))
                .containsOnly(answers.getFirst().text("admission"));
    }

    @Test
    void only_as_many_are_admitted_as_there_are_units_and_the_others_wait_in_order() {
        var sale = ASale.of(2).scheduled().knownTo(port);
        var first = new AShopper(port).join(sale.id());
        var second = new AShopper(port).join(sale.id());
        var third = new AShopper(port);
        var joined = third.join(sale.id());

        assertThat(first.state()).isEqualTo("ADMITTED");
        assertThat(second.state()).isEqualTo("ADMITTED");
        assertThat(joined.state()).isEqualTo("WAITING");
        assertThat(joined.number("number")).isEqualTo(3);
        var early = third.claim(sale.id(), joined.text("ticket"));
        assertThat(early.status()).isEqualTo(409);
        assertThat(early.code()).isEqualTo("NOT_YOUR_TURN");
        assertThat(early.retryAfter()).isNotNull();
        assertThat(third.mine(sale.id()).state()).isEqualTo("WAITING");
    }

    @Test
    void beyond_the_crowd_factor_people_are_told_that_there_is_no_chance() {
        var sale = ASale.of(2).with("crowdFactor", 2.0).scheduled().knownTo(port);
        for (int i = 0; i < 4; i++)
            assertThat(new AShopper(port).join(sale.id()).status()).isEqualTo(201);

        var fifth = new AShopper(port).join(sale.id());

        assertThat(fifth.status()).isEqualTo(409);
        assertThat(fifth.code()).isEqualTo("CROWD_FULL");
    }

    @Test
    void before_the_lobby_opens_one_is_told_when_the_sale_opens() {
        var sale = ASale.of(2).opensIn(Duration.ofHours(1)).scheduled().knownTo(port);

        var answer = new AShopper(port).join(sale.id());

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.code()).isEqualTo("SALE_NOT_OPEN");
        assertThat(answer.text("opensAt")).isNotEmpty();
    }

    @Test
    void an_unknown_sale_is_not_found() {
        assertThat(new AShopper(port).join(UUID.randomUUID()).code()).isEqualTo("SALE_NOT_FOUND");
        assertThat(new AShopper(port)
                        .join(com.flashsale.platform.time.Ids.next())
                        .code())
                .isEqualTo("SALE_NOT_FOUND");
        assertThat(new AShopper(port).queue(UUID.randomUUID()).status()).isEqualTo(404);
    }

    @Test
    void after_the_end_no_customer_comes_in() {
        var sale = ASale.of(2).scheduled().knownTo(port);
        var ada = new AShopper(port);
        var ticket = ada.join(sale.id()).text("ticket");
        sale.ended();

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        assertThat(new AShopper(port).join(sale.id()).status()).isEqualTo(410));
        assertThat(ada.claim(sale.id(), ticket).code()).isEqualTo("SALE_ENDED");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(ada.queue(sale.id()).state()).isEqualTo("ENDED"));
    }

    @Test
    void while_a_sale_is_paused_customers_may_join_and_none_is_admitted() {
        var sale = ASale.of(2).scheduled().knownTo(port);
        new AShopper(port).join(sale.id());
        sale.paused();
        var ada = new AShopper(port);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(ada.queue(sale.id()).state()).isEqualTo("PAUSED"));

        var joined = ada.join(sale.id());
        assertThat(joined.state()).isEqualTo("WAITING");
        assertThat(ada.claim(sale.id(), joined.text("ticket")).code()).isEqualTo("NOT_YOUR_TURN");

        sale.resumed();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(
                                ada.claim(sale.id(), joined.text("ticket")).status())
                        .isEqualTo(201));
    }

    @Test
    void when_no_unit_is_left_and_no_order_is_undecided_the_sale_is_sold_out() {
        var sale = ASale.of(1).scheduled().knownTo(port);
        var inventory = AnInventory.of(sale).told();
        var ada = new AShopper(port);
        var bob = new AShopper(port);
        var admission = ada.join(sale.id()).text("admission");
        var waiting = bob.join(sale.id());
        assertThat(waiting.state()).isEqualTo("WAITING");

        var order = ada.order(sale.id(), admission, 1);
        assertThat(inventory.decide(order, ada.id(), 1)).isTrue();

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(bob.queue(sale.id()).state()).isEqualTo("SOLD_OUT"));
        var late = bob.claim(sale.id(), waiting.text("ticket"));
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.code()).isEqualTo("SOLD_OUT");
        assertThat(late.text("waitlist")).isEqualTo("/api/v1/sales/" + sale.id() + "/waitlist-entries");
        assertThat(new AShopper(port).join(sale.id()).code()).isEqualTo("SOLD_OUT");
        assertThat(bob.mine(sale.id()).state()).isEqualTo("SOLD_OUT");
        assertThat(bob.queue(sale.id()).text("stock")).isEqualTo("SOLD_OUT");
    }
}

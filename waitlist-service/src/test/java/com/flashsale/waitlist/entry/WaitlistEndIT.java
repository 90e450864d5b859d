package com.flashsale.waitlist.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.platform.test.ServiceTest;
import com.flashsale.platform.test.TestKafka;
import com.flashsale.waitlist.ASale;
import com.flashsale.waitlist.AShopper;
import com.flashsale.waitlist.AnInventory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The end of a waitlist: each customer is told. */
@ServiceTest
class WaitlistEndIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration A_MINUTE = Duration.ofMinutes(1);

    private final int port;
    private final JdbcClient jdbc;

    WaitlistEndIT(@LocalServerPort int port, @Autowired JdbcClient jdbc) {
        this.port = port;
        this.jdbc = jdbc;
    }

    @Test
    void when_the_sale_ends_every_customer_who_waits_is_told() {
        var sale = ASale.of(1).scheduled().knownTo(port);
        var inventory = SoldOutSale.of(sale, port);
        var people = new ArrayList<AShopper>();
        var entries = new ArrayList<String>();
        for (int i = 0; i < 5; i++) {
            people.add(new AShopper(port));
            entries.add(people.getLast().joinWaitlist(sale.id()).text("id"));
        }
        inventory.freed(1);
        await().atMost(SOON)
                .until(() -> people.getFirst().entry(entries.getFirst()).state().equals("OFFERED"));

        sale.ended();

        await().atMost(SOON).until(() -> states(sale).equals(List.of("CLOSED")));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(entries)
                        .allSatisfy(entry ->
                                assertThat(SoldOutSale.factsOf(sale, entry)).endsWith("closed")));
        assertThat(new AShopper(port).joinWaitlist(sale.id()).status()).isEqualTo(410);
    }

    @Test
    void when_everything_is_paid_for_every_customer_who_waits_is_told() {
        var sale = ASale.of(1).scheduled().knownTo(port);
        var inventory = SoldOutSale.of(sale, port);
        var ada = new AShopper(port);
        var adas = ada.joinWaitlist(sale.id()).text("id");

        inventory.paid(1);

        await().atMost(SOON).until(() -> ada.entry(adas).state().equals("CLOSED"));
        assertThat(new AShopper(port).joinWaitlist(sale.id()).code()).isEqualTo("WAITLIST_CLOSED");
    }

    @Test
    void three_thousand_who_wait_are_all_told_when_the_sale_ends() {
        var sale = ASale.of(1).scheduled().knownTo(port);
        SoldOutSale.of(sale, port);
        new AShopper(port).joinWaitlist(sale.id());
        jdbc.sql("""
                insert into waitlist_entry (id, sale_id, customer_id, place, state)
                select gen_random_uuid(), :sale, gen_random_uuid(), :place, 'WAITING'
                  from generate_series(1, 2999)
                """).param("sale", sale.id()).param("place", Long.MAX_VALUE).update();

        sale.ended();

        await().atMost(A_MINUTE).until(() -> states(sale).equals(List.of("CLOSED")));
        await().atMost(A_MINUTE)
                .until(() -> TestKafka.events("waitlist.entry", sale.id().toString()).stream()
                                .filter(event -> event.type().endsWith(".closed.v1"))
                                .map(event -> event.subject())
                                .distinct()
                                .count()
                        == 3_000);
    }

    @Test
    void free_units_that_no_entry_of_the_waitlist_wants_go_to_the_numbers_that_still_wait() {
        var sale = ASale.of(1).scheduled().knownTo(port);
        var inventory = AnInventory.of(sale).told();
        var buyer = new AShopper(port);
        var order = buyer.order(sale.id(), buyer.join(sale.id()).text("admission"), 1);
        var ada = new AShopper(port);
        var adas = ada.join(sale.id()).text("ticket");
        inventory.decide(order, buyer.id(), 1);
        await().atMost(SOON).until(() -> ada.claim(sale.id(), adas).code().equals("SOLD_OUT"));

        inventory.freed(1);

        await().atMost(SOON).until(() -> ada.claim(sale.id(), adas).status() == 201);
        assertThat(new AShopper(port).joinWaitlist(sale.id()).code()).isEqualTo("NOT_SOLD_OUT");
    }

    private List<String> states(ASale sale) {
        return jdbc.sql("select distinct state from waitlist_entry where sale_id = :sale")
                .param("sale", sale.id())
                .query(String.class)
                .list();
    }
}

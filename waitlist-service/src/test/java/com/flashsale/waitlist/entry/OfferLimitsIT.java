package com.flashsale.waitlist.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.platform.test.ServiceTest;
import com.flashsale.waitlist.ASale;
import com.flashsale.waitlist.AShopper;
import com.flashsale.waitlist.AnInventory;
import com.flashsale.waitlist.AnOrderService;
import com.flashsale.waitlist.admission.SettleAdmissions;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The limits of an offer: of its customer, of its time and of its sale. */
@ServiceTest
class OfferLimitsIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final int port;
    private final JdbcClient jdbc;
    private final SettleAdmissions settleAdmissions;

    OfferLimitsIT(@LocalServerPort int port, @Autowired JdbcClient jdbc, @Autowired SettleAdmissions settleAdmissions) {
        this.port = port;
        this.jdbc = jdbc;
        this.settleAdmissions = settleAdmissions;
    }

    @Test
    void a_customer_whose_limit_is_used_up_takes_no_unit_from_the_next() {
        var sale = ASale.of(2).scheduled().knownTo(port);
        var inventory = AnInventory.of(sale).told();
        var ada = new AShopper(port);
        var first = ada.join(sale.id());
        var order = ada.order(sale.id(), first.text("admission"), 1);
        inventory.decide(order, ada.id(), 1);
        inventory.taken(1);
        await().atMost(SOON).until(() -> ada.queue(sale.id()).state().equals("SOLD_OUT"));

        assertThat(ada.joinWaitlist(sale.id()).code()).isEqualTo("LIMIT_REACHED");
        await().atMost(SOON).until(() -> ada.join(sale.id()).code().equals("LIMIT_REACHED"));

        // she was on the list before her order, say: she is passed over, and keeps her place
        var adas = entryOf(ada, sale);
        var bob = new AShopper(port);
        var bobs = bob.joinWaitlist(sale.id()).text("id");
        inventory.freed(1);
        await().atMost(SOON).until(() -> bob.entry(bobs).state().equals("OFFERED"));
        assertThat(ada.entry(adas).state()).isEqualTo("WAITING");

        inventory.released(order, ada.id(), 1);
        await().atMost(SOON).until(() -> ada.entry(adas).state().equals("OFFERED"));
    }

    private String entryOf(AShopper shopper, ASale sale) {
        return jdbc.sql("""
                insert into waitlist_entry (id, sale_id, customer_id, place, state)
                values (gen_random_uuid(), :sale, :customer, 0, 'WAITING')
                returning id
                """)
                .param("sale", sale.id())
                .param("customer", shopper.id())
                .query(String.class)
                .single();
    }

    @Test
    void an_order_that_is_refused_for_the_limit_leaves_no_entry_that_says_ordered() {
        var sale = ASale.of(1).scheduled().knownTo(port);
        var inventory = SoldOutSale.of(sale, port);
        var ada = new AShopper(port);
        var adas = ada.joinWaitlist(sale.id()).text("id");
        inventory.freed(1);
        await().atMost(SOON).until(() -> ada.entry(adas).state().equals("OFFERED"));
        var order = ada.order(sale.id(), ada.entry(adas).text("admission"), 1);
        inventory.refuse(order, ada.id(), 1, "LIMIT_REACHED");

        await().atMost(SOON).until(() -> ada.entry(adas).state().equals("LAPSED"));
    }

    @Test
    void a_pause_stops_the_clock_of_an_offer() {
        var sale = ASale.of(1).with("offerDuration", "PT10S").scheduled().knownTo(port);
        var inventory = SoldOutSale.of(sale, port);
        var ada = new AShopper(port);
        var adas = ada.joinWaitlist(sale.id()).text("id");
        inventory.freed(1);
        await().atMost(SOON).until(() -> ada.entry(adas).state().equals("OFFERED"));
        sale.paused();
        await().atMost(SOON)
                .until(() -> jdbc.sql("select paused from sale where sale_id = :sale")
                        .param("sale", sale.id())
                        .query(Boolean.class)
                        .single());
        // as if its time had passed meanwhile
        var admission = AShopper.admissionId(ada.entry(adas).text("admission"));
        jdbc.sql("""
                update admission
                   set issued_at = issued_at - interval '1 minute',
                       expires_at = expires_at - interval '1 minute',
                       lapses_at = lapses_at - interval '1 minute'
                 where id = :id
                """).param("id", admission).update();
        settleAdmissions.withdrawDue(10_000);
        assertThat(questions(admission)).isZero();

        sale.resumedAfter(Duration.ofMinutes(2));
        await().atMost(SOON)
                .until(() -> AShopper.claims(ada.entry(adas).text("admission"))
                                .path("pausedMillis")
                                .asLong()
                        == 120_000);
        settleAdmissions.withdrawDue(10_000);
        assertThat(questions(admission)).isZero();
        assertThat(Instant.parse(ada.entry(adas).text("expiresAt"))).isAfter(Instant.now());
        assertThat(ada.entry(adas).number("units")).isEqualTo(1);
    }

    private int questions(UUID admission) {
        return jdbc.sql("select questions from admission where id = :id")
                .param("id", admission)
                .query(Integer.class)
                .single();
    }

    @Test
    void the_same_question_is_asked_again_later_each_time() {
        var sale = ASale.of(1).with("offerDuration", "PT1S").scheduled().knownTo(port);
        AnOrderService.fallSilent(sale.id());
        var inventory = SoldOutSale.of(sale, port);
        var ada = new AShopper(port);
        ada.joinWaitlist(sale.id());
        inventory.freed(1);
        await().atMost(SOON).until(() -> questionsOf(sale) == 1);

        askedAgo(sale, 6);
        await().atMost(SOON).until(() -> questionsOf(sale) == 2);
        askedAgo(sale, 6);
        settleAdmissions.withdrawDue(10_000);
        assertThat(questionsOf(sale)).isEqualTo(2);
        AnOrderService.speak(sale.id());
    }

    private int questionsOf(ASale sale) {
        return jdbc.sql("select coalesce(max(questions), 0) from admission where sale_id = :sale")
                .param("sale", sale.id())
                .query(Integer.class)
                .single();
    }

    private void askedAgo(ASale sale, int seconds) {
        jdbc.sql("update admission set withdrawn_at = now() - make_interval(secs => :ago) where sale_id = :sale")
                .param("ago", seconds)
                .param("sale", sale.id())
                .update();
    }

    @Test
    void no_offer_outlives_its_sale() {
        var sale = ASale.of(1)
                .with("closesAt", Instant.now().plusSeconds(120).toString())
                .scheduled()
                .knownTo(port);
        var inventory = SoldOutSale.of(sale, port);
        var ada = new AShopper(port);
        var adas = ada.joinWaitlist(sale.id()).text("id");
        inventory.freed(1);

        await().atMost(SOON).until(() -> ada.entry(adas).state().equals("OFFERED"));
        assertThat(Instant.parse(ada.entry(adas).text("expiresAt")))
                .isBefore(Instant.now().plusSeconds(120));
    }
}

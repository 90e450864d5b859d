package com.flashsale.waitlist.entry;

import static com.flashsale.platform.test.Race.allAtOnce;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.platform.test.ServiceTest;
import com.flashsale.platform.test.TestKafka;
import com.flashsale.waitlist.ASale;
import com.flashsale.waitlist.AShopper;
import com.flashsale.waitlist.AnInventory;
import com.flashsale.waitlist.AnOrderService;
import com.flashsale.waitlist.admission.SettleAdmissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;

@ServiceTest
class WaitlistIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration A_MINUTE = Duration.ofMinutes(1);

    private final int port;
    private final JdbcClient jdbc;
    private final SettleAdmissions settleAdmissions;

    WaitlistIT(@LocalServerPort int port, @Autowired JdbcClient jdbc, @Autowired SettleAdmissions settleAdmissions) {
        this.port = port;
        this.jdbc = jdbc;
        this.settleAdmissions = settleAdmissions;
    }

    @Test
    void a_unit_that_comes_back_is_offered_to_the_next() {
        var sale = ASale.of(2).scheduled().knownTo(port);
        var inventory = soldOut(sale);
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
        assertThat(factsOf(sale, adas.text("id"))).containsExactly("waiting", "offered", "ordered");
    }

    @Test
    void an_offer_that_is_not_used_goes_to_the_next() {
        var sale = ASale.of(1).with("offerDuration", "PT1S").scheduled().knownTo(port);
        var inventory = soldOut(sale);
        var ada = new AShopper(port);
        var bob = new AShopper(port);
        var adas = ada.joinWaitlist(sale.id()).text("id");
        var bobs = bob.joinWaitlist(sale.id()).text("id");

        inventory.freed(1);

        // a second later this offer lapses too, but its event stays
        await().atMost(SOON).until(() -> factsOf(sale, bobs).contains("offered"));
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
        var inventory = soldOut(sale);
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
        var inventory = soldOut(sale);
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
        var inventory = soldOut(sale);
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
        var inventory = soldOut(sale);
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
        var inventory = soldOut(sale);
        var ada = new AShopper(port);
        var adas = ada.joinWaitlist(sale.id()).text("id");
        inventory.freed(1);

        await().atMost(SOON).until(() -> ada.entry(adas).state().equals("OFFERED"));
        assertThat(Instant.parse(ada.entry(adas).text("expiresAt")))
                .isBefore(Instant.now().plusSeconds(120));
    }

    @Test
    void entries_of_others_are_not_found() {
        var sale = ASale.of(1).scheduled().knownTo(port);
        soldOut(sale);
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
            soldOut(sale);
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

    @Test
    void when_the_sale_ends_every_customer_who_waits_is_told() {
        var sale = ASale.of(1).scheduled().knownTo(port);
        var inventory = soldOut(sale);
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
                        .allSatisfy(entry -> assertThat(factsOf(sale, entry)).endsWith("closed")));
        assertThat(new AShopper(port).joinWaitlist(sale.id()).status()).isEqualTo(410);
    }

    @Test
    void when_everything_is_paid_for_every_customer_who_waits_is_told() {
        var sale = ASale.of(1).scheduled().knownTo(port);
        var inventory = soldOut(sale);
        var ada = new AShopper(port);
        var adas = ada.joinWaitlist(sale.id()).text("id");

        inventory.paid(1);

        await().atMost(SOON).until(() -> ada.entry(adas).state().equals("CLOSED"));
        assertThat(new AShopper(port).joinWaitlist(sale.id()).code()).isEqualTo("WAITLIST_CLOSED");
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

    @Test
    void two_hundred_join_at_once_units_come_back_one_by_one_and_offers_go_in_order_and_never_exceed_them() {
        var sale = ASale.of(20).with("offerDuration", "PT1S").scheduled().knownTo(port);
        var inventory = soldOut(sale);
        var people = new ArrayList<AShopper>();
        for (int i = 0; i < 200; i++) people.add(new AShopper(port));
        var joined = allAtOnce(people.stream()
                .<java.util.concurrent.Callable<AShopper.Answer>>map(person -> () -> person.joinWaitlist(sale.id()))
                .toList());
        assertThat(joined).extracting(AShopper.Answer::status).containsOnly(201);

        for (int i = 0; i < 10; i++) {
            inventory.freed(1);
            var expected = (i + 1) * 3 / 2;
            await().atMost(A_MINUTE).pollInterval(Duration.ofMillis(20)).until(() -> {
                assertThat(openOffers(sale)).isLessThanOrEqualTo(10);
                return everOffered(sale) >= expected;
            });
        }

        assertThat(offeredOutOfOrder(sale)).isZero();
    }

    @Test
    void three_thousand_who_wait_are_all_told_when_the_sale_ends() {
        var sale = ASale.of(1).scheduled().knownTo(port);
        soldOut(sale);
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

    /** Other customers take all units, and the queue knows. */
    private AnInventory soldOut(ASale sale) {
        var inventory = AnInventory.of(sale).taken(sale.allotted());
        var watcher = new AShopper(port);
        await().atMost(SOON).until(() -> watcher.queue(sale.id()).state().equals("SOLD_OUT"));
        return inventory;
    }

    private static List<String> factsOf(ASale sale, String entry) {
        return TestKafka.events("waitlist.entry", sale.id().toString()).stream()
                .filter(event -> event.subject().equals(entry))
                .map(event -> event.type().split("\\.")[4])
                .toList();
    }

    private List<String> states(ASale sale) {
        return jdbc.sql("select distinct state from waitlist_entry where sale_id = :sale")
                .param("sale", sale.id())
                .query(String.class)
                .list();
    }

    private long openOffers(ASale sale) {
        return count("select count(*) from admission where sale_id = :sale and state = 'ISSUED'", sale);
    }

    private long everOffered(ASale sale) {
        return count("select count(*) from admission where sale_id = :sale and source = 'OFFER'", sale);
    }

    private long offeredOutOfOrder(ASale sale) {
        return count("""
                select count(*)
                  from waitlist_entry as waits
                  join waitlist_entry as served using (sale_id)
                 where sale_id = :sale
                   and waits.state = 'WAITING'
                   and served.state <> 'WAITING'
                   and (waits.place, waits.id) < (served.place, served.id)
                """, sale);
    }

    private long count(String sql, ASale sale) {
        return jdbc.sql(sql).param("sale", sale.id()).query(Long.class).single();
    }
}

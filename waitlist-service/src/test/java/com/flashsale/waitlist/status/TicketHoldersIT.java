package com.flashsale.waitlist.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.platform.filter.BloomFilter;
import com.flashsale.platform.loadtest.LoadTests;
import com.flashsale.platform.test.ServiceTest;
import com.flashsale.waitlist.ASale;
import com.flashsale.waitlist.AShopper;
import com.flashsale.waitlist.AnInventory;
import com.flashsale.waitlist.room.WaitingRoom;
import com.flashsale.waitlist.sale.SaleId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.client.RestClient;

/** The crowd of a sold-out room: with it the gateway turns away all other customers itself. */
@ServiceTest
class TicketHoldersIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    @LocalServerPort
    int port;

    @Autowired
    StringRedisTemplate redis;

    @Autowired
    WaitingRoom rooms;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    LoadTests loadTests;

    record View(String format, @Nullable String loadTest, Instant endsAt, byte[] bits) {}

    record Told(int status, @Nullable String tag, @Nullable View view) {

        boolean holds(UUID customer) {
            return view != null && BloomFilter.ofBytes(view.bits()).mayContain(customer);
        }
    }

    @Test
    void it_holds_every_customer_with_a_number_and_hardly_any_other() {
        var sale = ASale.of(1).with("crowdFactor", 100.0).scheduled().knownTo(port);
        var inventory = AnInventory.of(sale).told();
        var buyer = new AShopper(port);
        var admission = buyer.join(sale.id()).text("admission");
        var people = visitors(50);
        for (var one : people) assertThat(one.join(sale.id()).state()).isEqualTo("WAITING");
        assertThat(ask(sale, null).status()).isEqualTo(204);
        inventory.decide(buyer.order(sale.id(), admission, 1), buyer.id(), 1);

        var told = untilSoldOut(sale);

        assertThat(told.view()).isNotNull();
        assertThat(told.view().format()).isEqualTo(BloomFilter.FORMAT);
        assertThat(told.view().loadTest()).isNull();
        assertThat(told.view().endsAt()).isAfter(Instant.now());
        assertThat(told.holds(buyer.id())).isTrue();
        assertThat(people).allMatch(one -> told.holds(one.id()));
        assertThat(Stream.generate(UUID::randomUUID)
                        .limit(1_000)
                        .filter(told::holds)
                        .count())
                .isLessThan(40);
        assertThat(ask(sale, told.tag()).status()).isEqualTo(304);
    }

    @Test
    void the_refusal_is_the_one_that_the_gateway_gives_in_its_place() {
        var sale = ASale.of(1).scheduled().knownTo(port);
        AnInventory.of(sale).taken(1);
        untilSoldOut(sale);

        var refused = new AShopper(port).join(sale.id());

        assertThat(refused.body().toString()).matches("""
                \\{"type":"https://flash-sale.example/problems/sold-out","title":"All units are taken.","status":409,\
                "detail":"Units that come back go to the waitlist; your ticket keeps its place there.",\
                "code":"SOLD_OUT","traceId":"[0-9a-f]{32}",\
                "waitlist":"/api/v1/sales/%s/waitlist-entries"}""".formatted(sale.id()));
    }

    @Test
    void the_lobby_belongs_to_it() {
        var sale = ASale.of(5).opensIn(Duration.ofMinutes(5)).scheduled().knownTo(port);
        var people = visitors(20);
        for (var one : people) assertThat(one.join(sale.id()).state()).isEqualTo("LOBBY");

        var met = new HashSet<String>();
        rooms.forEachCustomer(new SaleId(sale.id()), met::add);

        assertThat(met)
                .containsExactlyInAnyOrderElementsOf(
                        people.stream().map(one -> one.id().toString()).toList());
        assertThat(ask(sale, null).status()).isEqualTo(204);
    }

    @Test
    void a_crowd_from_before_the_reopening_is_not_confirmed_afterwards() {
        var sale = ASale.of(1).scheduled().knownTo(port);
        var inventory = AnInventory.of(sale).taken(1);
        var before = untilSoldOut(sale);

        inventory.freed(1);
        await().atMost(SOON).until(() -> ask(sale, before.tag()).status() == 204);
        var lucky = new AShopper(port);
        await().atMost(SOON).until(() -> lucky.join(sale.id()).state().equals("ADMITTED"));
        var admission = lucky.join(sale.id()).text("admission");
        inventory.decide(lucky.order(sale.id(), admission, 1), lucky.id(), 1);

        var after = await().atMost(SOON).until(() -> ask(sale, before.tag()), told -> told.status() != 204);
        assertThat(after.status()).isEqualTo(200);
        assertThat(after.tag()).isNotEqualTo(before.tag());
        assertThat(before.holds(lucky.id())).isFalse();
        assertThat(after.holds(lucky.id())).isTrue();
        assertThat(ask(sale, before.tag()).status()).isEqualTo(200);
    }

    @Test
    void a_room_that_was_built_anew_is_another_crowd_and_a_customer_who_shows_a_ticket_belongs_to_it() {
        var sale = ASale.of(1).scheduled().knownTo(port);
        var inventory = AnInventory.of(sale).told();
        var buyer = new AShopper(port);
        var admission = buyer.join(sale.id()).text("admission");
        var waits = new AShopper(port);
        var ticket = waits.join(sale.id()).text("ticket");
        inventory.decide(buyer.order(sale.id(), admission, 1), buyer.id(), 1);
        var before = untilSoldOut(sale);
        await().atMost(SOON)
                .until(() -> jdbc.sql("select issued = 2 and phase = 1 from waiting_room where sale_id = :sale")
                        .param("sale", sale.id())
                        .query(Boolean.class)
                        .single());

        redis.delete(redis.keys("wr:{" + sale.id() + "}:*"));

        assertThat(ask(sale, before.tag()).status()).isNotEqualTo(304);
        var rebuilt = untilSoldOut(sale);
        assertThat(rebuilt.tag()).isNotEqualTo(before.tag());
        assertThat(waits.join(sale.id(), ticket).code()).isEqualTo("SOLD_OUT");
        var adopted = await().atMost(SOON).until(() -> ask(sale, rebuilt.tag()), told -> told.status() == 200);
        assertThat(adopted.holds(waits.id())).isTrue();
    }

    @Test
    void a_crowd_of_many_pages_is_complete() {
        var sale = ASale.of(1).scheduled().knownTo(port);
        AnInventory.of(sale).taken(1);
        var before = untilSoldOut(sale);
        var many = new HashMap<String, String>();
        for (int i = 1; i <= 30_000; i++) many.put(UUID.randomUUID().toString(), Integer.toString(i));
        redis.opsForHash().putAll("wr:{" + sale.id() + "}:numbers", many);

        var told = await().atMost(SOON).until(() -> ask(sale, before.tag()), answer -> answer.status() == 200);

        assertThat(told.view()).isNotNull();
        var filter = BloomFilter.ofBytes(told.view().bits());
        assertThat(filter.bytes()).isEqualTo(30_000 * 10 / 8);
        assertThat(many.keySet()).allMatch(one -> filter.mayContain(UUID.fromString(one)));
    }

    @Test
    void an_unknown_sale_has_no_crowd() {
        assertThat(ask(UUID.randomUUID(), null).status()).isEqualTo(404);
    }

    @Test
    void of_a_load_test_it_is_told_while_load_tests_are_served() {
        await().until(loadTests::areServed);
        var run = "noon-" + UUID.randomUUID();
        var sale = ASale.of(1).in(run).scheduled().knownTo(port);
        var ghost = AShopper.in(run, port);
        AnInventory.of(sale).taken(1);
        var told = untilSoldOut(sale);
        assertThat(told.view()).isNotNull();
        assertThat(told.view().loadTest()).isEqualTo(run);

        jdbc.sql("update load_switch set served = false").update();
        try {
            await().atMost(SOON).until(() -> ask(sale, told.tag()).status() == 204);
            assertThat(ghost.impatient().join(sale.id()).code()).isEqualTo("LOAD_TEST_OFF");
        } finally {
            jdbc.sql("update load_switch set served = true").update();
        }
        await().atMost(SOON).until(() -> ask(sale, told.tag()).status() == 304);
    }

    private Told untilSoldOut(ASale sale) {
        return await().atMost(SOON).until(() -> ask(sale, null), told -> told.status() == 200);
    }

    private List<AShopper> visitors(int count) {
        return Stream.generate(() -> new AShopper(port)).limit(count).toList();
    }

    private Told ask(ASale sale, @Nullable String tag) {
        return ask(sale.id(), tag);
    }

    private Told ask(UUID sale, @Nullable String tag) {
        var answer = RestClient.builder()
                .defaultStatusHandler(HttpStatusCode::isError, (_, _) -> {})
                .build()
                .get()
                .uri(
                        "http://127.0.0.1:{port}/internal/v1/sales/{sale}/sold-out-crowd",
                        Map.of("port", port, "sale", sale))
                .headers(headers -> {
                    if (tag != null) headers.set(HttpHeaders.IF_NONE_MATCH, tag);
                })
                .retrieve();
        var response = answer.toEntity(View.class);
        return new Told(response.getStatusCode().value(), response.getHeaders().getETag(), response.getBody());
    }
}

package com.flashsale.catalog.sale;

import static com.flashsale.catalog.CatalogClient.json;
import static com.flashsale.catalog.CatalogClient.patiently;
import static com.flashsale.catalog.sale.SaleBodies.aSale;
import static com.flashsale.catalog.sale.SaleBodies.anOpenSale;
import static com.flashsale.platform.test.Race.allAtOnce;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.catalog.CatalogClient;
import com.flashsale.platform.test.ServiceTest;
import com.flashsale.platform.test.TestEvent;
import com.flashsale.platform.test.TestKafka;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;

/** Pausing, resuming and ending, and the events about it. */
@ServiceTest
class SaleChangesIT {

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    private CatalogClient catalog;
    private UUID product;

    @BeforeEach
    void connect() {
        catalog = CatalogClient.on(port);
        product = catalog.aProduct();
    }

    @Test
    void each_change_is_announced_once_with_all_facts_and_the_next_version() {
        var sale = catalog.sale(anOpenSale(product));
        assertThat(stateOf(change(sale, "pause").expectStatus().isOk())).isEqualTo("PAUSED");
        assertThat(stateOf(change(sale, "resume").expectStatus().isOk())).isEqualTo("OPEN");
        assertThat(stateOf(change(sale, "end").expectStatus().isOk())).isEqualTo("ENDED");

        var events = announced(sale, 4);

        assertThat(events)
                .extracting(TestEvent::type)
                .containsExactly(type("scheduled"), type("paused"), type("resumed"), type("ended"));
        assertThat(events)
                .extracting(event -> event.data().get("version").asInt())
                .containsExactly(1, 2, 3, 4);
        assertThat(events)
                .extracting(event -> event.data().get("paused").asBoolean())
                .containsExactly(false, true, false, false);
        assertThat(events).extracting(TestEvent::subject).containsOnly(sale.toString());
        assertThat(events.getLast().data().get("endedAt").asString())
                .isEqualTo(catalog.sale(sale).get("endedAt").asString());
    }

    @Test
    void the_time_that_a_sale_stood_still_is_announced_and_adds_up() {
        var sale = catalog.sale(anOpenSale(product));
        for (var change : List.of("pause", "pause", "resume", "pause", "resume", "pause", "end")) {
            change(sale, change).expectStatus().isOk();
        }

        var facts = announced(sale, 7).stream().map(TestEvent::data).toList();

        assertThat(facts)
                .extracting(data -> data.has("pausedAt"))
                .containsExactly(false, true, false, true, false, true, true);
        long total = 0;
        for (int resumed : List.of(2, 4)) {
            assertThat(facts.get(resumed - 1).get("pausedMillis").asLong()).isEqualTo(total);
            total = facts.get(resumed).get("pausedMillis").asLong();
            assertThat(total)
                    .isGreaterThanOrEqualTo(
                            facts.get(resumed - 1).get("pausedMillis").asLong());
        }
        assertThat(facts.getLast().get("pausedMillis").asLong()).isEqualTo(total);
    }

    @Test
    void a_pause_counts_by_the_clock_of_the_database_and_one_of_the_version_before_counts_as_nothing() {
        var sale = catalog.sale(anOpenSale(product));
        change(sale, "pause").expectStatus().isOk();
        jdbc.sql("update sale set paused_at = paused_at - interval '90 seconds' where id = :id")
                .param("id", sale)
                .update();
        change(sale, "resume").expectStatus().isOk();
        var counted = announced(sale, 3).getLast().data().get("pausedMillis").asLong();
        assertThat(counted).isBetween(90_000L, 150_000L);

        change(sale, "pause").expectStatus().isOk();
        jdbc.sql("update sale set paused_at = null where id = :id")
                .param("id", sale)
                .update();
        change(sale, "resume").expectStatus().isOk();
        assertThat(announced(sale, 5).getLast().data().get("pausedMillis").asLong())
                .isEqualTo(counted);
    }

    @Test
    void an_operator_sees_a_change_at_once_although_reads_come_from_memory() {
        var sale = catalog.sale(anOpenSale(product));
        for (int i = 0; i < 5; i++) {
            assertThat(catalog.sale(sale).get("state").asString()).isEqualTo("OPEN");
            change(sale, "pause");
            assertThat(catalog.sale(sale).get("state").asString()).isEqualTo("PAUSED");
            change(sale, "resume");
        }
    }

    @Test
    void saying_it_twice_is_saying_it_once() {
        var sale = catalog.sale(anOpenSale(product));
        for (var change : List.of("pause", "pause", "resume", "resume", "end", "end")) {
            change(sale, change).expectStatus().isOk();
        }

        assertThat(announced(sale, 4)).hasSize(4);
        assertThat(catalog.sale(sale).get("version").asInt()).isEqualTo(4);
    }

    @Test
    void fifty_operators_who_pause_at_once_pause_once() {
        var sale = catalog.sale(anOpenSale(product));

        var states = allAtOnce(
                50,
                () -> patiently(() -> change(sale, "pause"))
                        .getResponseBody()
                        .get("state")
                        .asString());

        assertThat(states).containsOnly("PAUSED");
        assertThat(catalog.sale(sale).get("version").asInt()).isEqualTo(2);
        assertThat(announced(sale, 2)).hasSize(2);
    }

    @Test
    void a_sale_that_has_not_opened_cannot_be_paused_but_called_off() {
        var sale = catalog.sale(
                aSale(product, Instant.now().plusSeconds(3_600), Instant.now().plusSeconds(7_200)));

        assertRefused(change(sale, "pause"), "SALE_NOT_PAUSABLE", "SCHEDULED");
        assertRefused(change(sale, "resume"), "SALE_NOT_RESUMABLE", "SCHEDULED");
        assertThat(stateOf(change(sale, "end").expectStatus().isOk())).isEqualTo("ENDED");
    }

    @Test
    void a_sale_that_has_ended_stays_ended() {
        var sale = catalog.sale(anOpenSale(product));
        change(sale, "end");

        assertRefused(change(sale, "pause"), "SALE_NOT_PAUSABLE", "ENDED");
        assertRefused(change(sale, "resume"), "SALE_NOT_RESUMABLE", "ENDED");
    }

    @Test
    void a_sale_that_was_never_made_cannot_be_changed() {
        for (var change : List.of("pause", "resume", "end")) {
            change(UUID.randomUUID(), change).expectStatus().isNotFound();
        }
    }

    @Test
    void a_request_that_names_itself_is_applied_once_and_answered_twice_alike() {
        var key = UUID.randomUUID().toString();
        var body = anOpenSale(product);
        var answers = allAtOnce(20, () -> patiently(() -> catalog.post("/api/v1/sales", body, key)));

        assertThat(answers).extracting(answer -> answer.getStatus().value()).containsOnly(201);
        assertThat(answers)
                .extracting(answer -> new String(answer.getResponseBodyContent(), UTF_8))
                .containsOnly(new String(answers.getFirst().getResponseBodyContent(), UTF_8));
        catalog.post("/api/v1/sales", body, key).expectHeader().valueEquals("Idempotency-Replayed", "true");
        catalog.post("/api/v1/sales", SaleBodies.with(body, "allotted", 5), key)
                .expectStatus()
                .isEqualTo(422);
        catalog.post("/api/v1/sales", body, "not a key").expectStatus().isBadRequest();
    }

    @Test
    void a_repetition_gets_the_first_response_however_late_it_comes() {
        var key = UUID.randomUUID().toString();
        var body = aSale(product, Instant.now().minusSeconds(5), Instant.now().plusSeconds(3));
        var first = catalog.post("/api/v1/sales", body, key).expectStatus().isCreated();
        var made = json(first);
        await().until(() ->
                catalog.sale(CatalogClient.id(made)).get("state").asString().equals("ENDED"));

        var again = catalog.post("/api/v1/sales", body, key);

        again.expectStatus().isCreated().expectHeader().valueEquals("Idempotency-Replayed", "true");
        assertThat(json(again)).isEqualTo(made);
        catalog.post("/api/v1/sales", body, UUID.randomUUID().toString())
                .expectStatus()
                .isBadRequest();
    }

    @Test
    void a_refused_request_may_be_repeated_with_the_same_key() {
        var key = UUID.randomUUID().toString();
        var sale = catalog.sale(anOpenSale(product));
        catalog.post("/api/v1/sales/" + UUID.randomUUID() + "/pause", Map.of(), key)
                .expectStatus()
                .isNotFound();
        catalog.post("/api/v1/sales/" + sale + "/pause", Map.of(), key)
                .expectStatus()
                .isOk();
    }

    private ResponseSpec change(UUID sale, String change) {
        return catalog.post("/api/v1/sales/" + sale + "/" + change);
    }

    private static void assertRefused(ResponseSpec answer, String code, String state) {
        JsonNode problem = json(answer.expectStatus().isEqualTo(409));
        assertThat(problem.get("code").asString()).isEqualTo(code);
        assertThat(problem.get("state").asString()).isEqualTo(state);
    }

    private static String stateOf(ResponseSpec answer) {
        return json(answer).get("state").asString();
    }

    private static String type(String fact) {
        return "com.flashsale.catalog.sale." + fact + ".v1";
    }

    private static List<TestEvent> announced(UUID sale, int count) {
        return await().until(() -> TestKafka.events("catalog.sale", sale.toString()), events -> events.size() >= count);
    }
}

package com.flashsale.catalog.sale;

import static com.flashsale.catalog.CatalogClient.json;
import static com.flashsale.catalog.sale.SaleBodies.aSale;
import static com.flashsale.catalog.sale.SaleBodies.anOpenSale;
import static com.flashsale.catalog.sale.SaleBodies.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.catalog.CatalogClient;
import com.flashsale.platform.test.ServiceTest;
import com.flashsale.platform.test.TestKafka;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@ServiceTest
class SaleListIT {

    /** A rank that no state has, and a moment that no calendar of the database has. */
    private static final String FORGED_PLACE = "CQAGRNipC6AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    private static final String FORGED_TIME = "AH__________AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    @LocalServerPort
    int port;

    private CatalogClient catalog;
    private UUID product;

    @BeforeEach
    void connect() {
        catalog = CatalogClient.on(port);
        product = catalog.aProduct();
    }

    @Test
    void pages_neither_repeat_nor_leave_out_what_was_there_when_reading_began() {
        var made = new ArrayList<String>();
        for (int i = 0; i < 5; i++) {
            made.addFirst(catalog.sale(anOpenSale(product)).toString());
        }

        var first = page("?limit=2");
        catalog.sale(anOpenSale(product));
        var second = page("?limit=2&cursor=" + first.get("nextCursor").asString());
        var third = page("?limit=1&cursor=" + second.get("nextCursor").asString());

        var seen = new ArrayList<String>(ids(first));
        seen.addAll(ids(second));
        seen.addAll(ids(third));
        assertThat(seen).isEqualTo(made);
    }

    @Test
    void running_sales_come_first_and_ended_ones_last_however_many_ended_since() {
        var open = catalog.sale(anOpenSale(product));
        var inAnHour = catalog.sale(scheduledIn(3_600));
        var inAMinute = catalog.sale(scheduledIn(60));
        var paused = catalog.sale(anOpenSale(product));
        catalog.post("/api/v1/sales/" + paused + "/pause").expectStatus().isOk();
        var soldOut = catalog.sale(anOpenSale(product));
        TestKafka.produce(
                "inventory.stock",
                soldOut.toString(),
                "com.flashsale.inventory.stock.changed.v1",
                Map.of("saleId", soldOut, "allotted", 1_000, "available", 0, "version", 1));
        await().until(() -> catalog.sale(soldOut).get("state").asString().equals("SOLD_OUT"));
        var ended = new ArrayList<UUID>();
        for (int i = 0; i < 5; i++) ended.addFirst(catalog.sale(anOpenSale(product)));
        ended.forEach(id ->
                catalog.post("/api/v1/sales/" + id + "/end").expectStatus().isOk());

        var seen = everything(3);

        assertThat(seen).doesNotHaveDuplicates();
        var expected = new ArrayList<>(List.of(paused, open, inAMinute, inAnHour, soldOut));
        expected.addAll(ended);
        assertThat(seen)
                .containsSubsequence(expected.stream().map(UUID::toString).toList());
    }

    @Test
    void an_opening_and_a_closing_between_two_pages_move_no_sale() {
        var closing = catalog.sale(
                aSale(product, Instant.now().minusSeconds(5), Instant.now().plusSeconds(3)));
        var opening = catalog.sale(scheduledIn(3));
        var first = page("?limit=1");
        await().until(() -> catalog.sale(closing).get("state").asString().equals("ENDED")
                && catalog.sale(opening).get("state").asString().equals("OPEN"));

        var seen = new ArrayList<>(ids(first));
        seen.addAll(everything(100, first));

        assertThat(seen).doesNotHaveDuplicates().contains(closing.toString(), opening.toString());
    }

    @Test
    void a_sale_that_is_not_listed_is_found_by_its_id_only() {
        var hidden = catalog.sale(with(anOpenSale(product), "listed", false));
        var ended = catalog.sale(with(anOpenSale(product), "listed", false));
        catalog.post("/api/v1/sales/" + ended + "/end").expectStatus().isOk();

        assertThat(catalog.sale(hidden).get("listed").asBoolean()).isFalse();
        assertThat(everything(100)).isNotEmpty().doesNotContain(hidden.toString(), ended.toString());
    }

    private Map<String, Object> scheduledIn(int seconds) {
        return aSale(product, Instant.now().plusSeconds(seconds), Instant.now().plusSeconds(7_200));
    }

    private List<String> everything(int limit) {
        var first = page("?limit=" + limit);
        var all = new ArrayList<>(ids(first));
        all.addAll(everything(limit, first));
        return all;
    }

    private List<String> everything(int limit, JsonNode first) {
        var all = new ArrayList<String>();
        for (var page = first; !page.get("nextCursor").isNull(); ) {
            page = page("?limit=" + limit + "&cursor=" + page.get("nextCursor").asString());
            all.addAll(ids(page));
        }
        return all;
    }

    @ParameterizedTest
    @EnumSource(
            value = SaleState.class,
            names = {"SCHEDULED", "OPEN", "PAUSED", "ENDED"})
    void a_list_can_be_limited_to_one_state(SaleState state) {
        var scheduled = catalog.sale(
                aSale(product, Instant.now().plusSeconds(3_600), Instant.now().plusSeconds(7_200)));
        var open = catalog.sale(anOpenSale(product));
        var paused = catalog.sale(anOpenSale(product));
        catalog.post("/api/v1/sales/" + paused + "/pause").expectStatus().isOk();
        var ended = catalog.sale(anOpenSale(product));
        catalog.post("/api/v1/sales/" + ended + "/end").expectStatus().isOk();
        var inState = List.of(scheduled, open, paused, ended).stream()
                .filter(id -> catalog.sale(id).get("state").asString().equals(state.name()))
                .map(UUID::toString)
                .toList();

        var list = page("?limit=100&state=" + state);

        assertThat(ids(list)).containsAll(inState);
        assertThat(list.get("items"))
                .allSatisfy(item -> assertThat(item.get("state").asString()).isEqualTo(state.name()));
    }

    @Test
    void a_list_that_has_not_changed_is_not_sent_again() {
        var id = catalog.sale(anOpenSale(product));
        var etag = catalog.get("/api/v1/sales?limit=1")
                .expectHeader()
                .valueEquals("Cache-Control", "max-age=1, public")
                .expectBody()
                .returnResult()
                .getResponseHeaders()
                .getETag();

        catalog.getIfChanged(etag, "/api/v1/sales?limit=1").expectStatus().isNotModified();
        catalog.post("/api/v1/sales/" + id + "/end").expectStatus().isOk();
        catalog.getIfChanged(etag, "/api/v1/sales?limit=1").expectStatus().isOk();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "state=open",
                "state=",
                "limit=0",
                "limit=101",
                "cursor=x",
                "cursor=" + FORGED_PLACE,
                "cursor=" + FORGED_TIME,
                "cursor=AAAAAAAAAAAAAAAAAAAAAA"
            })
    void a_question_that_makes_no_sense_is_refused(String query) {
        catalog.get("/api/v1/sales?" + query).expectStatus().isBadRequest();
    }

    private JsonNode page(String query) {
        return json(catalog.get("/api/v1/sales" + query).expectStatus().isOk());
    }

    private static List<String> ids(JsonNode page) {
        return page.get("items")
                .valueStream()
                .map(item -> item.get("id").asString())
                .toList();
    }
}

package com.flashsale.catalog.sale;

import static com.flashsale.catalog.CatalogClient.json;
import static com.flashsale.catalog.sale.SaleBodies.aSale;
import static com.flashsale.catalog.sale.SaleBodies.anOpenSale;
import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.catalog.CatalogClient;
import com.flashsale.platform.test.ServiceTest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
    @ValueSource(strings = {"state=open", "state=", "limit=0", "limit=101", "cursor=x"})
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

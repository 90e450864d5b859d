package com.flashsale.catalog.sale;

import static com.flashsale.catalog.CatalogClient.json;
import static com.flashsale.catalog.CatalogClient.patiently;
import static com.flashsale.catalog.sale.SaleBodies.aSale;
import static com.flashsale.catalog.sale.SaleBodies.anOpenSale;
import static com.flashsale.platform.test.Race.allAtOnce;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.catalog.CatalogClient;
import com.flashsale.platform.test.ServiceTest;
import com.flashsale.platform.test.TestEvent;
import com.flashsale.platform.test.TestKafka;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

/** The pace of a sale, changed while it runs. */
@ServiceTest
class SalePaceIT {

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
    void a_changed_pace_is_in_the_response_the_next_read_and_one_event_with_all_facts() {
        var sale = catalog.sale(anOpenSale(product));

        var changed = json(changePace(sale, 7).expectStatus().isOk());

        assertThat(changed.get("admissionsPerSecond").asInt()).isEqualTo(7);
        assertThat(changed.get("version").asInt()).isEqualTo(2);
        assertThat(catalog.sale(sale)).isEqualTo(changed);
        var event = announced(sale, 2).getLast();
        assertThat(event.type()).isEqualTo("com.flashsale.catalog.sale.changed.v1");
        assertThat(event.data().get("admissionsPerSecond").asInt()).isEqualTo(7);
        assertThat(event.data().get("version").asInt()).isEqualTo(2);
        assertThat(event.data().get("allotted").asInt())
                .isEqualTo(changed.get("allotted").asInt());
    }

    @Test
    void the_same_pace_again_changes_and_announces_nothing() {
        var sale = catalog.sale(anOpenSale(product));

        var paces = allAtOnce(
                20,
                () -> patiently(() -> changePace(sale, 7))
                        .getResponseBody()
                        .get("admissionsPerSecond")
                        .asInt());
        changePace(sale, 8).expectStatus().isOk();

        assertThat(paces).containsOnly(7);
        assertThat(announced(sale, 3)).hasSize(3);
        assertThat(catalog.sale(sale).get("version").asInt()).isEqualTo(3);
    }

    @Test
    void a_request_with_a_key_is_applied_once() {
        var sale = catalog.sale(anOpenSale(product));
        var key = UUID.randomUUID().toString();
        var first = json(changePace(sale, 7, key).expectStatus().isOk());
        changePace(sale, 8).expectStatus().isOk();

        var again = changePace(sale, 7, key).expectStatus().isOk();

        again.expectHeader().valueEquals("Idempotency-Replayed", "true");
        assertThat(json(again)).isEqualTo(first);
        assertThat(catalog.sale(sale).get("admissionsPerSecond").asInt()).isEqualTo(8);
        changePace(sale, 9, key).expectStatus().isEqualTo(422);
    }

    @Test
    void a_pace_may_be_set_before_the_opening_and_during_a_pause() {
        var later = catalog.sale(
                aSale(product, Instant.now().plusSeconds(3_600), Instant.now().plusSeconds(7_200)));
        var paused = catalog.sale(anOpenSale(product));
        catalog.post("/api/v1/sales/" + paused + "/pause").expectStatus().isOk();

        assertThat(json(changePace(later, 7)).get("state").asString()).isEqualTo("SCHEDULED");
        assertThat(json(changePace(paused, 7)).get("state").asString()).isEqualTo("PAUSED");
    }

    @Test
    void the_pace_of_a_sale_that_has_ended_stays() {
        var sale = catalog.sale(anOpenSale(product));
        catalog.post("/api/v1/sales/" + sale + "/end").expectStatus().isOk();

        var problem = json(changePace(sale, 7).expectStatus().isEqualTo(409));

        assertThat(problem.get("code").asString()).isEqualTo("PACE_NOT_CHANGEABLE");
        assertThat(problem.get("state").asString()).isEqualTo("ENDED");
        assertThat(catalog.sale(sale).get("admissionsPerSecond").asInt()).isNotEqualTo(7);
    }

    @Test
    void a_sale_that_was_never_made_has_no_pace() {
        changePace(UUID.randomUUID(), 7).expectStatus().isNotFound();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "100001", "2147483648", "1.5", "\"7\"", "null", "[]", "{}"})
    void a_pace_is_a_whole_number_from_one_to_a_hundred_thousand(String value) {
        var sale = catalog.sale(anOpenSale(product));

        var body = "{\"admissionsPerSecond\": " + value + "}";
        catalog.put("/api/v1/sales/" + sale + "/admission-pace", body)
                .expectStatus()
                .isBadRequest();

        assertThat(catalog.sale(sale).get("version").asInt()).isOne();
    }

    @Test
    void a_body_without_a_pace_or_with_other_fields_is_refused() {
        var path = "/api/v1/sales/" + catalog.sale(anOpenSale(product)) + "/admission-pace";
        var more = new HashMap<String, Object>(Map.of("admissionsPerSecond", 7, "allotted", 9));

        for (var body : List.of(Map.of(), more))
            catalog.put(path, body).expectStatus().isBadRequest();
        catalog.put(path, Map.of("admissionsPerSecond", 1)).expectStatus().isOk();
        catalog.put(path, Map.of("admissionsPerSecond", 100_000)).expectStatus().isOk();
    }

    private ResponseSpec changePace(UUID sale, int pace) {
        return changePace(sale, pace, null);
    }

    private ResponseSpec changePace(UUID sale, int pace, String key) {
        return catalog.put("/api/v1/sales/" + sale + "/admission-pace", Map.of("admissionsPerSecond", pace), key);
    }

    private static List<TestEvent> announced(UUID sale, int count) {
        return await().until(() -> TestKafka.events("catalog.sale", sale.toString()), events -> events.size() >= count);
    }
}

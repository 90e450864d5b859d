package com.flashsale.catalog.sale;

import static com.flashsale.catalog.CatalogClient.codeOf;
import static com.flashsale.catalog.CatalogClient.json;
import static com.flashsale.catalog.sale.SaleBodies.aSale;
import static com.flashsale.catalog.sale.SaleBodies.anOpenSale;
import static com.flashsale.catalog.sale.SaleBodies.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.catalog.CatalogClient;
import com.flashsale.platform.test.ServiceTest;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@ServiceTest
class SaleIT {

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
    void a_new_sale_is_answered_in_full_and_found_where_the_answer_says() {
        var answer = catalog.post("/api/v1/sales", aSale(product, soon(60), soon(3_600)))
                .expectStatus()
                .isCreated()
                .expectBody(JsonNode.class)
                .returnResult();
        var created = answer.getResponseBody();

        assertThat(created.get("state").asString()).isEqualTo("SCHEDULED");
        assertThat(created.get("stock").asString()).isEqualTo("PLENTY");
        assertThat(created.get("productName").asString()).isEqualTo("Console");
        assertThat(created.get("holdDuration").asString()).isEqualTo("PT2M");
        assertThat(created.get("crowdFactor").asDouble()).isEqualTo(5.0);
        assertThat(created.get("draw").asString()).isEqualTo("RANDOM");
        assertThat(json(catalog.get(answer.getResponseHeaders().getLocation().toString())))
                .isEqualTo(created);
    }

    @Test
    void a_sale_that_opens_now_is_open() {
        var created = json(catalog.post("/api/v1/sales", anOpenSale(product))
                .expectStatus()
                .isCreated());
        assertThat(created.get("state").asString()).isEqualTo("OPEN");
    }

    @Test
    void the_public_learns_no_number_of_units_that_are_left() {
        var sale = catalog.sale(catalog.sale(anOpenSale(product)));
        assertThat(sale.propertyNames()).doesNotContain("available", "reserved", "sold");
    }

    @Test
    void a_sale_of_nothing_is_not_found() {
        var missing = catalog.post("/api/v1/sales", anOpenSale(UUID.randomUUID()))
                .expectStatus()
                .isNotFound();
        assertThat(codeOf(missing)).isEqualTo("PRODUCT_NOT_FOUND");
        assertThat(codeOf(catalog.get("/api/v1/sales/{id}", UUID.randomUUID())
                        .expectStatus()
                        .isNotFound()))
                .isEqualTo("SALE_NOT_FOUND");
    }

    @Test
    void a_sale_is_priced_in_the_currency_of_its_product() {
        var body = with(anOpenSale(product), "price", Map.of("amount", "59.90", "currency", "USD"));
        var problem = json(catalog.post("/api/v1/sales", body).expectStatus().isBadRequest());
        assertThat(problem.at("/errors/0/field").asString()).isEqualTo("price.currency");
        assertThat(problem.at("/errors/0/message").asString()).isEqualTo("must be the product's: EUR");
    }

    @Test
    void all_that_is_wrong_is_said_at_once() {
        var problem = json(catalog.post("/api/v1/sales", Map.of("holdDuration", "long"))
                .expectStatus()
                .isBadRequest());

        assertThat(problem.get("code").asString()).isEqualTo("INVALID_REQUEST");
        assertThat(problem.get("errors"))
                .extracting(error -> error.get("field").asString())
                .containsExactly(
                        "productId", "price", "allotted", "purchaseLimit", "opensAt", "closesAt", "holdDuration");
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "state", "stock", "paused", "version", "endedAt", "holdduration"})
    void a_field_that_is_not_asked_for_is_refused(String field) {
        var problem = json(catalog.post("/api/v1/sales", with(anOpenSale(product), field, 1))
                .expectStatus()
                .isBadRequest());
        assertThat(problem.get("code").asString()).isEqualTo("MALFORMED_JSON");
        assertThat(problem.get("detail").asString()).contains(field);
    }

    @Test
    void nothing_is_guessed_from_a_value_of_the_wrong_type() {
        for (var field : new String[] {"allotted", "purchaseLimit", "admissionsPerSecond"}) {
            for (var value : new Object[] {"10", 10.5, true, 99_999_999_999L}) {
                catalog.post("/api/v1/sales", with(anOpenSale(product), field, value))
                        .expectStatus()
                        .isBadRequest();
            }
        }
        for (var field : new String[] {"opensAt", "closesAt", "holdDuration"}) {
            catalog.post("/api/v1/sales", with(anOpenSale(product), field, 120))
                    .expectStatus()
                    .isBadRequest();
        }
        catalog.post("/api/v1/sales", with(anOpenSale(product), "productId", "console"))
                .expectStatus()
                .isBadRequest();
    }

    @Test
    void an_unchanged_sale_is_not_sent_again() {
        var id = catalog.sale(anOpenSale(product));
        var etag = catalog.get("/api/v1/sales/{id}", id)
                .expectHeader()
                .valueEquals("Cache-Control", "max-age=1, public")
                .expectBody()
                .returnResult()
                .getResponseHeaders()
                .getETag();

        catalog.getIfChanged(etag, "/api/v1/sales/{id}", id)
                .expectStatus()
                .isNotModified()
                .expectBody()
                .isEmpty();
        catalog.post("/api/v1/sales/" + id + "/pause").expectStatus().isOk();
        catalog.getIfChanged(etag, "/api/v1/sales/{id}", id).expectStatus().isOk();
    }

    private static Instant soon(long seconds) {
        return Instant.now().plusSeconds(seconds);
    }
}

package com.flashsale.catalog.product;

import static com.flashsale.catalog.CatalogClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.catalog.CatalogClient;
import com.flashsale.platform.test.ServiceTest;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@ServiceTest
class ProductIT {

    private static final Map<String, Object> PRICE = Map.of("amount", "89.9", "currency", "EUR");
    private static final Map<String, Object> BODY = Map.of("name", "Console", "description", "To play", "price", PRICE);

    @LocalServerPort
    int port;

    private CatalogClient catalog;

    @BeforeEach
    void connect() {
        catalog = CatalogClient.on(port);
    }

    @Test
    void a_new_product_is_found_where_the_answer_says() {
        var created = catalog.post("/api/v1/products", BODY).expectStatus().isCreated();
        var location = created.expectBody(JsonNode.class)
                .returnResult()
                .getResponseHeaders()
                .getLocation();

        var product = json(catalog.get(location.toString()).expectStatus().isOk());

        assertThat(product.get("name").asString()).isEqualTo("Console");
        assertThat(product.get("description").asString()).isEqualTo("To play");
        assertThat(product.at("/price/amount").asString()).isEqualTo("89.90");
        assertThat(product.at("/price/currency").asString()).isEqualTo("EUR");
        assertThat(location.toString())
                .isEqualTo("/api/v1/products/" + product.get("id").asString());
    }

    @Test
    void a_product_may_name_its_picture() {
        var created = json(catalog.post("/api/v1/products", with("picture", "aurora-sneaker"))
                .expectStatus()
                .isCreated());
        var id = created.get("id").asString();
        assertThat(created.get("picture").asString()).isEqualTo("aurora-sneaker");
        assertThat(json(catalog.get("/api/v1/products/{id}", id))).isEqualTo(created);
        assertThat(json(catalog.get("/api/v1/products/{id}", catalog.aProduct()))
                        .has("picture"))
                .isFalse();
        var sale = catalog.sale(Map.of(
                "productId",
                id,
                "price",
                PRICE,
                "allotted",
                1,
                "purchaseLimit",
                1,
                "opensAt",
                Instant.now().toString(),
                "closesAt",
                Instant.now().plusSeconds(60).toString()));
        assertThat(catalog.sale(sale).get("picture").asString()).isEqualTo("aurora-sneaker");
        assertThat(catalog.sale(sale).get("stock").asString()).isEqualTo("LAST_FEW");
    }

    @Test
    void an_unchanged_product_is_not_sent_again() {
        var id = catalog.aProduct();
        var first = catalog.get("/api/v1/products/{id}", id)
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("Cache-Control", "max-age=60, public");
        var etag = first.expectBody().returnResult().getResponseHeaders().getETag();

        catalog.getIfChanged(etag, "/api/v1/products/{id}", id)
                .expectStatus()
                .isNotModified()
                .expectHeader()
                .valueEquals("ETag", etag)
                .expectBody()
                .isEmpty();
        catalog.getIfChanged("\"other\"", "/api/v1/products/{id}", id)
                .expectStatus()
                .isOk();
    }

    @Test
    void a_product_that_was_never_made_is_not_found() {
        var missing = catalog.get("/api/v1/products/{id}", UUID.randomUUID())
                .expectStatus()
                .isNotFound();
        assertThat(CatalogClient.codeOf(missing)).isEqualTo("PRODUCT_NOT_FOUND");
    }

    static List<Map<String, Object>> refused() {
        return List.of(
                without("name"),
                without("description"),
                without("price"),
                with("name", " "),
                with("picture", ""),
                with("picture", "x".repeat(41)),
                with("picture", "../shop"),
                with("picture", "a\n"),
                with("name", "x".repeat(201)),
                with("name", "a\u0000b"),
                with("name", 7),
                with("description", "x".repeat(2_001)),
                with("price", "89.90"),
                with("price", Map.of("amount", 89.90, "currency", "EUR")),
                with("price", Map.of("amount", "89.999", "currency", "EUR")),
                with("price", Map.of("amount", "1", "currency", "EUR", "vat", "1")),
                with("id", UUID.randomUUID()),
                with("createdAt", "2026-11-27T12:00:00Z"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void a_body_that_is_not_a_product_is_refused(Map<String, Object> body) {
        var problem = json(catalog.post("/api/v1/products", body).expectStatus().isBadRequest());
        assertThat(problem.get("code").asString()).isIn("INVALID_REQUEST", "MALFORMED_JSON");
    }

    @Test
    void each_field_that_is_wrong_is_named() {
        var problem =
                json(catalog.post("/api/v1/products", Map.of()).expectStatus().isBadRequest());
        assertThat(problem.get("errors"))
                .extracting(error -> error.get("field").asString())
                .containsExactly("name", "description", "price");
    }

    @ParameterizedTest
    @CsvSource({
        "console",
        "CONSOLE",
        "onsol",
        "übergröße",
        "ÜBERGRÖSSE ODER ÜBERGRÖßE",
        "100 %",
        "100 % bl",
        "a_b",
        "c:\\temp",
        "it's"
    })
    void the_search_takes_words_as_they_stand_in_any_case(String words) {
        var mark = UUID.randomUUID().toString();
        var name = "Console " + mark + " Übergröße";
        var wanted = catalog.aProduct(name, "100 % blue, a_b, C:\\Temp, it's übergrösse oder übergröße");
        catalog.aProduct("Bicycle " + mark, "1000 bl, axb, c:temp, its");

        var found = json(
                catalog.get("/api/v1/products?q={words}", words).expectStatus().isOk());

        assertThat(ids(found)).contains(wanted.toString());
        assertThat(names(found)).noneMatch(other -> other.startsWith("Bicycle"));
    }

    /** The mark stands for a name that no other product has. */
    @ParameterizedTest
    @CsvSource({
        "Cafe\u0301 poster, caf\u00e9 POSTER",
        "Caf\u00e9 poster, CAFE\u0301",
        "Stra\u00dfe, STRASSE",
        "STRASSE, stra\u00dfe",
        "\u039f\u03b4\u03cc\u03c2 \u039f\u0394\u03a3, \u039f\u0394\u038c\u03a3",
        "\u0130stanbul, istanbul",
        "\uff21\uff42\uff43 \u2460, abc 1",
        "o\ufb03ce, OFFICE",
        "soft\u00adware, software",
        "a\u200bb\u2060c, abc",
        "abc, a\ufeffbc",
        "\ud55c\uae00, \u1112\u1161\u11ab\u1100\u1173\u11af",
        "\u05e9\u05dc\u05d5\u05dd, \u202b\u05e9\u05dc\u05d5\u05dd\u202c",
        "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67 party, \ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67"
                + " Party",
        "hundred \uff05 off, hundred % off"
    })
    void a_name_is_found_in_every_typed_form(String stored, String typed) {
        var mark = UUID.randomUUID().toString();
        var wanted = catalog.aProduct(mark + " " + stored, "d").toString();
        catalog.aProduct(mark + " \u00d6bc", "d");

        var found = json(catalog.get("/api/v1/products?q={words}", mark + " " + typed)
                .expectStatus()
                .isOk());

        assertThat(ids(found)).containsExactly(wanted);
    }

    @Test
    void pages_neither_repeat_nor_leave_out_what_was_there_when_reading_began() {
        var mark = UUID.randomUUID().toString();
        var made = List.of(
                catalog.aProduct(mark, "1"),
                catalog.aProduct(mark, "2"),
                catalog.aProduct(mark, "3"),
                catalog.aProduct(mark, "4"),
                catalog.aProduct(mark, "5"));

        var first = page(mark, null);
        var meanwhile = catalog.aProduct(mark, "6");
        var second = page(mark, first.get("nextCursor").asString());
        var third = page(mark, second.get("nextCursor").asString());

        assertThat(ids(first))
                .containsExactly(made.get(4).toString(), made.get(3).toString());
        assertThat(ids(second))
                .containsExactly(made.get(2).toString(), made.get(1).toString());
        assertThat(ids(third)).containsExactly(made.get(0).toString());
        assertThat(third.get("nextCursor").isNull()).isTrue();
        assertThat(ids(page(mark, null))).contains(meanwhile.toString());
    }

    @Test
    void a_list_that_has_not_changed_is_not_sent_again() {
        var mark = UUID.randomUUID().toString();
        catalog.aProduct(mark, "1");
        var etag = catalog.get("/api/v1/products?q={mark}", mark)
                .expectBody()
                .returnResult()
                .getResponseHeaders()
                .getETag();

        catalog.getIfChanged(etag, "/api/v1/products?q={mark}", mark)
                .expectStatus()
                .isNotModified();
        catalog.aProduct(mark, "2");
        catalog.getIfChanged(etag, "/api/v1/products?q={mark}", mark)
                .expectStatus()
                .isOk();
    }

    @ParameterizedTest
    @CsvSource({"limit=0", "limit=101", "limit=x", "cursor=x", "cursor=' or 1=1"})
    void a_question_that_makes_no_sense_is_refused(String query) {
        var problem =
                json(catalog.get("/api/v1/products?" + query).expectStatus().isBadRequest());
        assertThat(problem.get("code").asString()).isEqualTo("INVALID_REQUEST");
    }

    @Test
    void a_text_that_no_database_can_hold_is_not_searched_for() {
        catalog.get("/api/v1/products?q={words}", "a\u0000b").expectStatus().isBadRequest();
        catalog.get("/api/v1/products?q={words}", "x".repeat(101))
                .expectStatus()
                .isBadRequest();
    }

    private JsonNode page(String words, String cursor) {
        var uri = "/api/v1/products?limit=2&q=" + words + (cursor == null ? "" : "&cursor=" + cursor);
        return json(catalog.get(uri).expectStatus().isOk());
    }

    private static List<String> ids(JsonNode page) {
        return page.get("items")
                .valueStream()
                .map(item -> item.get("id").asString())
                .toList();
    }

    private static List<String> names(JsonNode page) {
        return page.get("items")
                .valueStream()
                .map(item -> item.get("name").asString())
                .toList();
    }

    private static Map<String, Object> with(String field, Object value) {
        var body = new HashMap<>(BODY);
        body.put(field, value);
        return body;
    }

    private static Map<String, Object> without(String field) {
        var body = new HashMap<>(BODY);
        body.remove(field);
        return body;
    }
}

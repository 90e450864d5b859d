package com.flashsale.local.starter;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.client.Json;
import com.flashsale.client.api.Api;
import com.flashsale.client.api.Operator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** The catalog is a server of fixed responses that records the products and sales made there. */
class StarterShopTest {

    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");
    private static final String EARLY = "2026-11-27T11:00:00Z";
    private static final String LATE = "2026-12-20T11:00:00Z";
    private static final String OPEN = "/api/v1/sales?state=OPEN&limit=100";
    private static final String SCHEDULED = "/api/v1/sales?state=SCHEDULED&limit=100";
    private static final List<String> NAMES =
            List.of("Aurora sneaker", "Ember camera", "Halo headphones", "Comet watch");

    private final Map<String, String> answers = new HashMap<>();
    private final List<JsonNode> made = new ArrayList<>();
    private HttpServer server;

    @BeforeEach
    void open_a_catalog() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        answers.put(OPEN, "{\"items\":[]}");
        answers.put(SCHEDULED, "{\"items\":[]}");
        for (var name : NAMES) {
            answers.put(searchOf(name), "{\"items\":[]}");
            answers.put("/api/v1/products/" + idOf(name), product(name, pictureOf(name)));
        }
    }

    @AfterEach
    void close_it() {
        server.stop(0);
    }

    @Test
    void an_empty_shop_gets_a_sale_that_opens_within_a_minute_and_stays_open() {
        var sale = saleToBuyFrom();

        assertThat(made.getFirst().path("picture").asString()).isEqualTo("aurora-sneaker");
        var terms = termsOf("Aurora sneaker");
        assertThat(Instant.parse(terms.path("opensAt").asString())).isBetween(NOON, NOON.plusSeconds(60));
        assertThat(Instant.parse(terms.path("closesAt").asString())).isAfter(NOON.plusSeconds(7 * 86_400));
        assertThat(terms.path("allotted").asInt()).isGreaterThanOrEqualTo(100);
        assertThat(terms.path("purchaseLimit").asInt()).isBetween(1, 5);
        assertThat(sale.url()).isEqualTo("http://shop.example/s/sale-of-aurora-sneaker");
        assertThat(sale.text(NOON)).contains("Aurora sneaker, opens at ").contains("(in 31 s)");
        assertThat(sale.text(NOON.plusSeconds(60))).contains("open now");
    }

    @Test
    void the_other_products_show_a_waitlist_a_lobby_and_a_calendar() {
        saleToBuyFrom();

        assertThat(made.stream()
                        .filter(it -> it.has("name"))
                        .map(it -> it.path("name").asString()))
                .containsExactlyElementsOf(NAMES);
        assertThat(made).filteredOn(it -> it.has("allotted")).hasSize(NAMES.size());
        assertThat(termsOf("Ember camera").path("allotted").asInt()).isLessThan(10);
        assertThat(opensAt("Halo headphones")).isBetween(NOON.plusSeconds(300), NOON.plusSeconds(1800));
        assertThat(opensAt("Comet watch")).isAfter(NOON.plusSeconds(3600));
    }

    @Test
    void a_second_start_makes_nothing() {
        answers.put(OPEN, items(kept("Aurora sneaker", "LOW"), kept("Ember camera", "LAST_FEW")));
        answers.put(
                SCHEDULED,
                items(
                        sale("halo", "Halo headphones", "PLENTY", "2026-11-27T12:10:00Z", LATE),
                        sale("comet", "Comet watch", "PLENTY", "2026-11-28T12:00:00Z", LATE)));

        assertThat(saleToBuyFrom().id()).isEqualTo("kept-aurora-sneaker");

        assertThat(made).isEmpty();
    }

    @Test
    void a_sale_with_units_and_time_left_is_found_again_also_behind_many_others() {
        answers.put(
                OPEN,
                "{\"items\":[%s],\"nextCursor\":\"a/b\"}".formatted(sale("another", "Teapot", "PLENTY", EARLY, LATE)));
        answers.put(OPEN + "&cursor=a%2Fb", items(kept("Aurora sneaker", "LOW")));

        var sale = saleToBuyFrom();

        assertThat(sale.id()).isEqualTo("kept-aurora-sneaker");
        assertThat(sale.text(NOON)).contains("open now");
        assertThat(termsOf("Aurora sneaker").isMissingNode()).isTrue();
    }

    @Test
    void a_sale_that_is_nearly_sold_out_or_nearly_over_is_followed_by_another_of_the_same_product() {
        answers.put(
                searchOf("Aurora sneaker"),
                items(product("Aurora sneaker", "aurora-sneaker"), product("Aurora sneaker", "another")));
        for (var old : List.of(
                kept("Aurora sneaker", "SOLD_OUT"),
                kept("Aurora sneaker", "LAST_FEW"),
                sale("old", "Aurora sneaker", "PLENTY", EARLY, "2026-11-28T11:00:00Z"),
                sale("old", "Aurora sneaker", "PLENTY", "2026-11-27T12:02:00Z", LATE))) {
            answers.put(OPEN, items(old));
            made.clear();

            assertThat(saleToBuyFrom().id()).as(old).isEqualTo("sale-of-aurora-sneaker");

            assertThat(made).noneMatch(it -> it.path("name").asString("").equals("Aurora sneaker"));
        }
    }

    @Test
    void the_few_units_of_the_camera_are_enough_until_the_last_is_gone() {
        answers.put(OPEN, items(kept("Ember camera", "LAST_FEW")));
        saleToBuyFrom();
        assertThat(termsOf("Ember camera").isMissingNode()).isTrue();

        answers.put(OPEN, items(kept("Ember camera", "SOLD_OUT")));
        saleToBuyFrom();
        assertThat(termsOf("Ember camera").isMissingNode()).isFalse();
    }

    @Test
    void a_product_from_before_there_were_pictures_is_replaced() {
        answers.put("/api/v1/products/aurora-sneaker", product("Aurora sneaker", "unknown"));
        answers.put(searchOf("Aurora sneaker"), items(product("Aurora sneaker", "unknown")));
        answers.put(OPEN, items(kept("Aurora sneaker", "PLENTY")));

        assertThat(saleToBuyFrom().id()).isEqualTo("sale-of-aurora-sneaker");
        assertThat(made).anyMatch(it -> it.path("name").asString("").equals("Aurora sneaker"));
    }

    private StarterSale saleToBuyFrom() {
        try (var api = new Api("http://127.0.0.1:" + server.getAddress().getPort())) {
            var clock = Clock.fixed(NOON, ZoneOffset.UTC);
            return new StarterShop(api, new Operator(api, "token"), "http://shop.example", clock).saleToBuyFrom();
        }
    }

    private static String kept(String product, String stock) {
        return sale("kept-" + idOf(product), product, stock, EARLY, LATE);
    }

    private static String sale(String id, String product, String stock, String opensAt, String closesAt) {
        return Json.line(Map.of(
                "id", id,
                "productId", idOf(product),
                "productName", product,
                "stock", stock,
                "opensAt", opensAt,
                "closesAt", closesAt));
    }

    private static String product(String name, String picture) {
        return Json.line(Map.of("id", idOf(name), "name", name, "picture", picture));
    }

    private static String items(String... documents) {
        return "{\"items\":[" + String.join(",", documents) + "]}";
    }

    private static String idOf(String product) {
        return product.toLowerCase(Locale.ROOT).replace(' ', '-');
    }

    private static String pictureOf(String product) {
        return idOf(product);
    }

    private static String searchOf(String product) {
        return "/api/v1/products?q=" + product.replace(' ', '+') + "&limit=100";
    }

    private JsonNode termsOf(String product) {
        return made.stream()
                .filter(it -> it.path("productId").asString("").equals(idOf(product)))
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    private Instant opensAt(String product) {
        return Instant.parse(termsOf(product).path("opensAt").asString());
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String answer;
        if (exchange.getRequestMethod().equals("POST")) {
            var document = Json.tree(body);
            made.add(document);
            var id = exchange.getRequestURI().getPath().endsWith("products")
                    ? idOf(document.path("name").asString())
                    : "sale-of-" + document.path("productId").asString();
            answer = Json.line(Map.of(
                    "id", id,
                    "opensAt", document.path("opensAt").asString(""),
                    "closesAt", document.path("closesAt").asString("")));
        } else {
            answer = answers.getOrDefault(exchange.getRequestURI().toString(), "");
        }
        var bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(answer.isEmpty() ? 404 : 200, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}

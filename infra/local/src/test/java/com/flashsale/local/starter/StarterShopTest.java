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
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The catalog is a server of fixed responses that records the products and sales made there. */
class StarterShopTest {

    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");
    private static final String OPEN = "/api/v1/sales?state=OPEN&limit=100";
    private static final String PRODUCTS = "/api/v1/products?q=Aurora+sneaker&limit=100";
    private static final String PRODUCT =
            "{'id':'p1','name':'Aurora sneaker','picture':'aurora-sneaker'}".replace('\'', '"');

    private final Map<String, String> answers = new HashMap<>();
    private final List<JsonNode> made = new ArrayList<>();
    private HttpServer server;

    @BeforeEach
    void open_a_catalog() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        answers.put(OPEN, "{\"items\":[]}");
        answers.put("/api/v1/sales?state=SCHEDULED&limit=100", "{\"items\":[]}");
        answers.put(PRODUCTS, "{\"items\":[]}");
        answers.put("/api/v1/products/p1", PRODUCT);
    }

    @AfterEach
    void close_it() {
        server.stop(0);
    }

    @Test
    void an_empty_shop_gets_a_product_with_a_picture_whose_sale_opens_within_a_minute_and_stays_open() {
        var sale = saleToBuyFrom();

        assertThat(made).hasSize(2);
        assertThat(made.getFirst().path("picture").asString()).isEqualTo("aurora-sneaker");
        var terms = made.getLast();
        assertThat(Instant.parse(terms.path("opensAt").asString())).isBetween(NOON, NOON.plusSeconds(60));
        assertThat(Instant.parse(terms.path("closesAt").asString())).isAfter(NOON.plusSeconds(7 * 86_400));
        assertThat(terms.path("allotted").asInt()).isGreaterThanOrEqualTo(100);
        assertThat(terms.path("purchaseLimit").asInt()).isBetween(1, 5);
        assertThat(sale.url()).isEqualTo("http://shop.example/s/made");
        assertThat(sale.text(NOON)).contains("Aurora sneaker, opens at ").contains("(in 31 s)");
        assertThat(sale.text(NOON.plusSeconds(60))).contains("open now");
    }

    @Test
    void a_sale_with_units_and_time_left_is_found_again_also_behind_many_others() {
        answers.put(
                OPEN,
                "{\"items\":[%s],\"nextCursor\":\"a/b\"}".formatted(sale("another", "Teapot", "PLENTY", "2026-12-20")));
        answers.put(
                OPEN + "&cursor=a%2Fb",
                "{\"items\":[%s]}".formatted(sale("kept", "Aurora sneaker", "LOW", "2026-12-20")));

        var sale = saleToBuyFrom();

        assertThat(made).isEmpty();
        assertThat(sale.id()).isEqualTo("kept");
        assertThat(sale.text(NOON)).contains("open now");
    }

    @Test
    void a_sale_that_is_nearly_sold_out_or_nearly_over_is_followed_by_another_of_the_same_product() {
        answers.put(PRODUCTS, "{\"items\":[%s]}".formatted(PRODUCT));
        for (var left : List.of("SOLD_OUT", "LAST_FEW")) {
            answers.put(OPEN, "{\"items\":[%s]}".formatted(sale("old", "Aurora sneaker", left, "2026-12-20")));
            assertThat(saleToBuyFrom().id()).isEqualTo("made");
        }
        answers.put(OPEN, "{\"items\":[%s]}".formatted(sale("old", "Aurora sneaker", "PLENTY", "2026-11-28")));
        assertThat(saleToBuyFrom().id()).isEqualTo("made");

        assertThat(made)
                .hasSize(3)
                .allMatch(it -> it.path("productId").asString().equals("p1"));
    }

    @Test
    void a_product_from_before_there_were_pictures_is_replaced() {
        answers.put("/api/v1/products/p1", PRODUCT.replace("picture", "unknown"));
        answers.put(PRODUCTS, "{\"items\":[%s]}".formatted(PRODUCT.replace("picture", "unknown")));
        answers.put(OPEN, "{\"items\":[%s]}".formatted(sale("old", "Aurora sneaker", "PLENTY", "2026-12-20")));

        assertThat(saleToBuyFrom().id()).isEqualTo("made");
        assertThat(made).hasSize(2);
    }

    private StarterSale saleToBuyFrom() {
        try (var api = new Api("http://127.0.0.1:" + server.getAddress().getPort())) {
            var clock = Clock.fixed(NOON, ZoneOffset.UTC);
            return new StarterShop(api, new Operator(api, "token"), "http://shop.example", clock).saleToBuyFrom();
        }
    }

    private static String sale(String id, String product, String stock, String closes) {
        return Json.line(Map.of(
                "id",
                id,
                "productId",
                "p1",
                "productName",
                product,
                "stock",
                stock,
                "opensAt",
                "2026-11-27T11:00:00Z",
                "closesAt",
                closes + "T11:00:00Z"));
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String answer;
        if (exchange.getRequestMethod().equals("POST")) {
            var document = Json.tree(body);
            made.add(document);
            var id = exchange.getRequestURI().getPath().endsWith("products") ? "p1" : "made";
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
